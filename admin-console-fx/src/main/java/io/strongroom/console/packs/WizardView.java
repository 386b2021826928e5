package io.strongroom.console.packs;

import io.strongroom.console.desk.Desk;
import io.strongroom.console.look.Fxml;
import io.strongroom.console.packs.WizardViewModel.Step;
import io.strongroom.console.text.Texts;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.RadioButton;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** The wizard: its steps from the left to the right, one of them in the middle, and the way on at the bottom. */
public final class WizardView {
    private final WizardViewModel model;
    private final Texts texts;
    private final Runnable leave;
    private final Map<Step, Page> pages = new EnumMap<>(Step.class);

    @FXML
    private VBox wizard;

    @FXML
    private HBox steps;

    @FXML
    private StackPane place;

    @FXML
    private Label wrong;

    @FXML
    private Button back;

    @FXML
    private Button next;

    private WizardView(WizardViewModel model, Desk desk, Runnable leave) {
        this.model = model;
        this.texts = desk.texts();
        this.leave = leave;
        pages.put(Step.SCOPE, new ScopeView(model, desk));
        pages.put(Step.CONTENT, new ContentView(model, desk));
        pages.put(Step.HIDE, new HideView(model, desk));
        pages.put(Step.REVIEW, new EstimateView(model, desk));
        pages.put(Step.SEAL, new SealView(model, desk));
    }

    static Parent of(WizardViewModel model, Desk desk, Runnable leave) {
        return Fxml.load(new WizardView(model, desk, leave), desk.texts());
    }

    @FXML
    private void initialize() {
        pages.values().forEach(page -> place.getChildren().add(page.root()));
        wrong.textProperty().bind(model.wrong());
        wizard.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            // Space chooses; Enter goes on also from a choice, which would take it.
            if (event.getTarget() instanceof RadioButton || event.getTarget() instanceof CheckBox) {
                pressed(event);
            }
        });
        wizard.addEventHandler(KeyEvent.KEY_PRESSED, this::pressed);
        model.step().subscribe(step -> {
            pages.forEach((each, page) -> page.root().setVisible(each == step));
            steps(step);
            able();
            focus();
        });
        // Begun again, it is at the step where it was left, perhaps.
        wizard.visibleProperty().subscribe(shown -> focus());
        model.review().subscribe(now -> able());
    }

    /** Enter goes on, wherever in a step one is, and Escape leaves. */
    private void pressed(KeyEvent event) {
        switch (event.getCode()) {
            case ENTER -> (event.getTarget() instanceof Button button ? button : next).fire();
            case ESCAPE -> leave.run();
            default -> {
                return;
            }
        }
        event.consume();
    }

    private Page page() {
        return Objects.requireNonNull(pages.get(model.step().get()), "each step has a page");
    }

    /** To where one types, or goes on; that can take a moment, in which the keyboard rests here. */
    private void focus() {
        Node first = page().first();
        if (first != null) {
            first.requestFocus();
        } else if (next.isDisabled()) {
            wizard.requestFocus();
        } else {
            next.requestFocus();
        }
    }

    private void steps(Step now) {
        steps.getChildren().clear();
        for (Step each : Step.values()) {
            Label label = new Label(texts.get("packs.step." + each.name(), each.ordinal() + 1));
            label.getStyleClass().add(each == now ? "step-now" : "step");
            if (each.ordinal() < now.ordinal()) {
                label.getStyleClass().add("step-done");
            }
            steps.getChildren().add(label);
        }
    }

    private void able() {
        Step step = model.step().get();
        back.setDisable(step == Step.SCOPE || step == Step.SEAL);
        next.setText(texts.get(step == Step.REVIEW ? "packs.seal" : "packs.next"));
        next.setDisable(step == Step.SEAL
                || step == Step.REVIEW && model.review().getValue().value() == null);
        boolean waits = wizard.getScene() != null && wizard.getScene().getFocusOwner() == wizard;
        if (waits && !next.isDisabled()) {
            next.requestFocus();
        }
    }

    @FXML
    private void next() {
        page().next();
    }

    @FXML
    private void back() {
        model.back();
    }

    @FXML
    private void leave() {
        leave.run();
    }
}
