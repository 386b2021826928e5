package io.strongroom.console.look;

import javafx.animation.PauseTransition;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import javafx.event.EventHandler;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Tooltip;
import javafx.scene.input.MouseEvent;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Disables a control for as long as there is a reason to, and tells the reason: in a tip over it, and to whoever has the
 * window read aloud.
 */
public final class WhyNot {
    private static final double BESIDE_POINTER = 12;
    private static final Duration SOON = Duration.millis(400);

    private final Node control;
    private final ObservableValue<@Nullable String> whyNot;
    private final PauseTransition soon = new PauseTransition(SOON);
    /** A window of its own: made when it is first shown. */
    private @Nullable Tooltip tip;

    private WhyNot(Node control, ObservableValue<@Nullable String> whyNot) {
        this.control = control;
        this.whyNot = whyNot;
    }

    /** @param whyNot why the control cannot be used now; its value is null while it can */
    public static void bind(Node control, ObservableValue<@Nullable String> whyNot) {
        control.disableProperty().bind(whyNot.map(why -> true).orElse(false));
        control.accessibleHelpProperty().bind(whyNot);
        new WhyNot(control, whyNot).follow();
    }

    /**
     * The same where the reason is reckoned up anew now and then.
     *
     * @param whyNot null where the control can be used
     */
    @SuppressWarnings("unchecked")
    public static void able(Node control, @Nullable String whyNot) {
        ObjectProperty<@Nullable String> reason =
                (ObjectProperty<@Nullable String>) control.getProperties().computeIfAbsent(WhyNot.class, key -> {
                    ObjectProperty<@Nullable String> made = new SimpleObjectProperty<>();
                    bind(control, made);
                    return made;
                });
        reason.set(whyNot);
    }

    /** A disabled control hears no mouse; what it stands in does. */
    private void follow() {
        EventHandler<MouseEvent> moved = this::moved;
        EventHandler<MouseEvent> left = event -> hide();
        control.parentProperty().subscribe((before, now) -> {
            hear(before, parent -> parent.removeEventHandler(MouseEvent.MOUSE_MOVED, moved));
            hear(before, parent -> parent.removeEventHandler(MouseEvent.MOUSE_EXITED, left));
            hear(now, parent -> parent.addEventHandler(MouseEvent.MOUSE_MOVED, moved));
            hear(now, parent -> parent.addEventHandler(MouseEvent.MOUSE_EXITED, left));
        });
        hear(control.getParent(), parent -> parent.addEventHandler(MouseEvent.MOUSE_MOVED, moved));
        hear(control.getParent(), parent -> parent.addEventHandler(MouseEvent.MOUSE_EXITED, left));
    }

    private static void hear(@Nullable Parent parent, java.util.function.Consumer<Parent> how) {
        if (parent != null) {
            how.accept(parent);
        }
    }

    private void moved(MouseEvent event) {
        String why = whyNot.getValue();
        if (why == null
                || why.isBlank()
                || !control.isVisible()
                || !control.getBoundsInParent().contains(event.getX(), event.getY())) {
            hide();
        } else if (tip == null || !tip.isShowing()) {
            soon.setOnFinished(now -> show(why, event.getScreenX(), event.getScreenY()));
            soon.playFromStart();
        }
    }

    private void show(String why, double x, double y) {
        Tooltip shown = tip == null ? new Tooltip() : tip;
        tip = shown;
        shown.setWrapText(true);
        shown.setMaxWidth(360);
        shown.setText(why);
        shown.show(control, x + BESIDE_POINTER, y + BESIDE_POINTER);
    }

    private void hide() {
        soon.stop();
        if (tip != null) {
            tip.hide();
        }
    }
}
