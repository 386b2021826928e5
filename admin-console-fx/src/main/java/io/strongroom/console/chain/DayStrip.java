package io.strongroom.console.chain;

import io.strongroom.console.look.Sign;
import io.strongroom.console.look.Tip;
import io.strongroom.console.text.Texts;
import java.util.ArrayList;
import java.util.List;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** The days, side by side, the newest at the right. Tab reaches the one that is chosen; the arrows go on from there. */
final class DayStrip {
    private final HBox box;
    private final ScrollPane pane;
    private final ChainViewModel model;
    private final Texts texts;
    private final List<ToggleButton> buttons = new ArrayList<>();

    DayStrip(HBox box, ScrollPane pane, ChainViewModel model, Texts texts) {
        this.box = box;
        this.pane = pane;
        this.model = model;
        this.texts = texts;
        model.day().subscribe(this::mark);
    }

    void show(ChainViewModel.@Nullable Shown shown, long verifiedSize) {
        if (shown == null) {
            box.getChildren().clear();
            buttons.clear();
            return;
        }
        boolean focused = buttons.stream().anyMatch(Node::isFocused);
        boolean first = buttons.isEmpty();
        buttons.clear();
        ToggleGroup one = new ToggleGroup();
        shown.days().forEach(day -> buttons.add(button(day, day.lastSeq() >= 0 && day.lastSeq() < verifiedSize, one)));
        box.getChildren().setAll(buttons);
        mark(model.day().get());
        if (focused) {
            buttons.stream().filter(ToggleButton::isSelected).findFirst().ifPresent(Node::requestFocus);
        }
        if (first) {
            Platform.runLater(() -> pane.setHvalue(1));
        }
    }

    private ToggleButton button(Day day, boolean verified, ToggleGroup one) {
        Sign sign =
                switch (day.state()) {
                    case GAP -> Sign.FAILS;
                    case SEALED, OPEN -> verified ? Sign.HOLDS : Sign.NEUTRAL;
                    case EMPTY -> Sign.NEUTRAL;
                };
        Label month = new Label(day.date().toString().substring(0, 7));
        month.getStyleClass().addAll("small", "text-muted");
        Label number = new Label(day.date().toString().substring(8));
        number.getStyleClass().add("title-4");
        Label state = new Label(texts.get("chain.state." + day.state()));
        state.getStyleClass().add("small");
        Label count = new Label(day.firstSeq() < 0 ? "–" : texts.get("chain.number", day.entries()));
        count.getStyleClass().addAll("small", "text-muted");
        HBox head = new HBox(6, number, sign.icon());
        head.setAlignment(javafx.geometry.Pos.CENTER);
        VBox content = new VBox(2, month, head, state, count);
        content.setAlignment(javafx.geometry.Pos.CENTER);
        ToggleButton button = new ToggleButton();
        button.setGraphic(content);
        button.setToggleGroup(one);
        button.setUserData(day);
        button.getStyleClass().addAll("day", day.state() == Day.State.EMPTY ? "empty-day" : "full-day");
        String told = texts.get(
                verified ? "chain.day.verified" : "chain.day.unverified",
                day.date().toString(),
                texts.get("chain.state." + day.state()));
        button.setAccessibleText(told);
        Tip.on(button, told);
        button.setOnAction(pressed -> {
            button.setSelected(true);
            model.choose(day);
        });
        button.addEventFilter(KeyEvent.KEY_PRESSED, event -> arrow(button, event));
        return button;
    }

    private void arrow(ToggleButton from, KeyEvent event) {
        int step = event.getCode() == KeyCode.LEFT ? -1 : event.getCode() == KeyCode.RIGHT ? 1 : 0;
        int next = buttons.indexOf(from) + step;
        if (step == 0 || event.isAltDown()) {
            return;
        }
        if (next >= 0 && next < buttons.size()) {
            buttons.get(next).fire();
            buttons.get(next).requestFocus();
            pane.setHvalue(next / (double) Math.max(1, buttons.size() - 1));
        }
        event.consume();
    }

    private void mark(@Nullable Day chosen) {
        for (ToggleButton button : buttons) {
            boolean here = button.getUserData().equals(chosen);
            button.setSelected(here);
            button.setFocusTraversable(here);
        }
    }
}
