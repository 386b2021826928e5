package io.strongroom.console.look;

import io.strongroom.console.text.Texts;
import io.strongroom.console.work.Loaded;
import io.strongroom.console.work.Trouble;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import javafx.beans.value.ObservableValue;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.TableView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.material2.Material2OutlinedAL;
import org.kordamp.ikonli.material2.Material2OutlinedMZ;

/**
 * What stands in the place of a screen's content while that is not here: on its way, nothing there (and why, and the one
 * next step), not allowed, or failed (with the request's id, and a way to try again). Old content stays, under a line that
 * says why it is old.
 *
 * <p>In fxml its one child is the content; {@link #bind} makes it live.
 */
public final class StatePane extends VBox {
    private static final double LOW = 280;
    private static final PseudoClass IS_LOW = PseudoClass.getPseudoClass("low");

    /**
     * What is said where there is nothing.
     *
     * @param why why there is nothing
     * @param next the one next step; null where there is none
     * @param step does it
     */
    public record Nothing(
            Ikon icon,
            String title,
            String why,
            @Nullable String next,
            @Nullable Runnable step) {
        /** With no next step. */
        public Nothing(Ikon icon, String title, String why) {
            this(icon, title, why, null, null);
        }
    }

    private final StackPane place = new StackPane();
    private final VBox notice = new VBox();
    private final Label stale = new Label();
    private final HBox staleBar = new HBox(stale);
    private Subscription live = Subscription.EMPTY;

    public StatePane() {
        notice.getStyleClass().add("notice");
        notice.setAlignment(Pos.CENTER);
        heightProperty().subscribe(height -> notice.pseudoClassStateChanged(IS_LOW, height.doubleValue() <= LOW));
        staleBar.getStyleClass().add("stale");
        stale.setWrapText(true);
        HBox.setHgrow(stale, Priority.ALWAYS);
        staleBar.managedProperty().bind(staleBar.visibleProperty());
        staleBar.setVisible(false);
        VBox.setVgrow(place, Priority.ALWAYS);
    }

    /**
     * Shows the content while it is here.
     *
     * @param empty whether what came is nothing to show
     * @param nothing what is said then
     * @param again asks again
     */
    public <T> void bind(
            ObservableValue<Loaded<T>> state, Texts texts, Predicate<T> empty, Nothing nothing, Runnable again) {
        live.unsubscribe();
        if (place.getChildren().isEmpty()) {
            Node content = getChildren().getFirst();
            place.getChildren().setAll(content, notice);
            getChildren().setAll(staleBar, place);
        }
        Node content = place.getChildren().getFirst();
        live = state.subscribe(now -> show(now, content, texts, empty, nothing, again));
    }

    /** The same of a list that a table shows. Where nothing else came than is there, what is chosen stays chosen. */
    public <T> void bind(
            ObservableValue<Loaded<List<T>>> state, TableView<T> table, Texts texts, Nothing nothing, Runnable again) {
        bind(state, texts, List::isEmpty, nothing, again);
        live = live.and(state.subscribe(now -> {
            List<T> rows = now.value();
            if (rows != null && !table.getItems().equals(rows)) {
                table.getItems().setAll(rows);
            }
        }));
    }

    /** The button that is offered in the place of the content, while one is. */
    public Optional<Button> step() {
        return notice.isVisible()
                ? notice.getChildren().stream()
                        .filter(Button.class::isInstance)
                        .map(Button.class::cast)
                        .findFirst()
                : Optional.empty();
    }

    private <T> void show(
            Loaded<T> state, Node content, Texts texts, Predicate<T> empty, Nothing nothing, Runnable again) {
        staleBar.setVisible(false);
        switch (state) {
            case Loaded.Nothing<T> none -> only(notice);
            case Loaded.Loading<T> loading -> {
                only(notice);
                ProgressIndicator turning = new ProgressIndicator();
                turning.setMaxSize(40, 40);
                notice.getChildren().setAll(turning, muted(texts.get("state.loading")));
            }
            case Loaded.Failed<T> failed -> {
                only(notice);
                failed(failed.trouble(), texts, again);
            }
            case Loaded.Here<T> here -> {
                if (empty.test(here.value())) {
                    only(notice);
                    nothing(nothing);
                } else {
                    only(content);
                }
                Trouble old = here.stale();
                staleBar.setVisible(old != null);
                if (old != null) {
                    stale.setText(texts.get("state.stale", old.line()));
                    stale.setGraphic(Sign.DOUBTFUL.icon());
                }
            }
        }
    }

    private void only(Node shown) {
        for (Node child : place.getChildren()) {
            child.setVisible(child == shown);
        }
        if (shown == notice) {
            notice.getChildren().clear();
        }
    }

    private void nothing(Nothing nothing) {
        notice.getChildren().setAll(icon(nothing.icon()), title(nothing.title()), muted(nothing.why()));
        if (nothing.next() != null && nothing.step() != null) {
            Button button = new Button(nothing.next());
            Runnable step = nothing.step();
            button.setOnAction(pressed -> step.run());
            button.getStyleClass().add("accent");
            notice.getChildren().add(button);
        }
    }

    private void failed(Trouble trouble, Texts texts, Runnable again) {
        boolean forbidden = trouble.kind() == Trouble.Kind.FORBIDDEN;
        notice.getChildren()
                .setAll(
                        icon(forbidden ? Material2OutlinedAL.LOCK : Material2OutlinedMZ.REPORT_PROBLEM),
                        title(forbidden ? texts.get("state.forbidden") : trouble.title()));
        String detail = forbidden && trouble.detail().isEmpty() ? trouble.title() : trouble.detail();
        if (!detail.isEmpty()) {
            notice.getChildren().add(muted(detail));
        }
        if (!trouble.action().isEmpty()) {
            notice.getChildren().add(muted(trouble.action()));
        }
        if (trouble.requestId() != null) {
            Label id = muted(texts.get("state.request", trouble.requestId()));
            id.getStyleClass().add("mono");
            notice.getChildren().add(id);
        }
        if (!forbidden) {
            Button button = new Button(texts.get("again"));
            button.setOnAction(pressed -> again.run());
            notice.getChildren().add(button);
        }
    }

    /** Where there is little room the words need it. */
    private Node icon(Ikon icon) {
        FontIcon made = FontIcon.of(icon);
        made.getStyleClass().addAll("sign", "neutral");
        made.visibleProperty().bind(heightProperty().greaterThan(LOW));
        made.managedProperty().bind(made.visibleProperty());
        return made;
    }

    private static Label title(String text) {
        Label label = new Label(text);
        label.getStyleClass().add("title-3");
        label.setWrapText(true);
        return label;
    }

    private static Label muted(String text) {
        Label label = new Label(text);
        label.getStyleClass().add("text-muted");
        label.setWrapText(true);
        label.setMinHeight(USE_PREF_SIZE);
        label.setMaxWidth(640);
        label.setAlignment(Pos.CENTER);
        return label;
    }
}
