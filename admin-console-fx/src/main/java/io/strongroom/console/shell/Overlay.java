package io.strongroom.console.shell;

import atlantafx.base.controls.ModalPane;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.jspecify.annotations.Nullable;

/** What lies over the window for a moment: dialogs, the palette, the sheet of keys. The keyboard stays in it meanwhile. */
final class Overlay {
    private final ModalPane pane = new ModalPane();
    private @Nullable Node before;
    private @Nullable Node shown;
    private Runnable closed = () -> {};

    Overlay() {
        pane.setId("overlay");
        pane.setFocusTraversable(false);
        // Else it is drawn behind the window, and covered, with each frame.
        pane.visibleProperty().bind(pane.displayProperty());
        pane.setInTransitionFactory(null);
        pane.setOutTransitionFactory(null);
        pane.displayProperty().addListener((at, was, is) -> {
            if (!is) {
                gone();
            }
        });
        pane.sceneProperty().subscribe(scene -> {
            if (scene != null) {
                scene.focusOwnerProperty().addListener((at, was, is) -> keep(is));
                scene.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
            }
        });
    }

    Node node() {
        return pane;
    }

    boolean open() {
        return pane.isDisplay();
    }

    /**
     * Shows this over the window.
     *
     * @param focus where the keyboard goes
     * @param whenClosed is run once it is gone, whoever closed it
     */
    void show(Node content, Node focus, Runnable whenClosed) {
        if (open()) {
            close();
        }
        Scene scene = pane.getScene();
        before = scene == null ? null : scene.getFocusOwner();
        shown = content;
        closed = whenClosed;
        pane.show(content);
        Platform.runLater(focus::requestFocus);
    }

    void close() {
        pane.hide(true);
    }

    private void gone() {
        shown = null;
        Runnable told = closed;
        closed = () -> {};
        Node back = before;
        before = null;
        if (back != null) {
            back.requestFocus();
        }
        told.run();
    }

    /** Escape closes it, wherever in it the keyboard is. */
    private void key(KeyEvent event) {
        if (open() && event.getCode() == KeyCode.ESCAPE) {
            close();
            event.consume();
        }
    }

    /** Tab does not lead out of what is shown. */
    private void keep(@Nullable Node focused) {
        Node inside = shown;
        if (inside == null || focused == null || Inside.within(focused, inside)) {
            return;
        }
        Platform.runLater(() -> {
            if (inside == shown) {
                inside.lookupAll("*").stream()
                        .filter(Node::isFocusTraversable)
                        .filter(node -> !node.isDisabled())
                        .findFirst()
                        .ifPresent(Node::requestFocus);
            }
        });
    }
}
