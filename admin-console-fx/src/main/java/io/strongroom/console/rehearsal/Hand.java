package io.strongroom.console.rehearsal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javafx.application.Platform;
import javafx.event.Event;
import javafx.event.EventTarget;
import javafx.event.EventType;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.ListView;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableView;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/** Types and looks, as somebody does who sits before the window. Never on the UI thread. */
final class Hand {
    private static final int LOOKS = 100;
    private static final long LOOK_MILLIS = 30;
    private static final int ROWS = 4;

    private final Scene scene;
    private final long restMillis;

    /** @param restMillis how long it rests after each thing that it does */
    Hand(Scene scene, long restMillis) {
        this.scene = scene;
        this.restMillis = restMillis;
    }

    /** Does something on the UI thread, and waits for it. */
    static <T> T ui(Supplier<T> work) throws InterruptedException {
        CompletableFuture<T> done = new CompletableFuture<>();
        Platform.runLater(() -> {
            try {
                done.complete(work.get());
            } catch (RuntimeException | Error e) {
                done.completeExceptionally(e);
            }
        });
        try {
            return done.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("on the UI thread: " + e.getCause(), e);
        }
    }

    static void ui(Runnable work) throws InterruptedException {
        boolean unused = ui(() -> {
            work.run();
            return true;
        });
    }

    /** Presses a key where the keyboard is. */
    void key(KeyCode code, boolean control, boolean shift) throws InterruptedException {
        ui(() -> {
            fire(KeyEvent.KEY_PRESSED, code, control, shift);
            fire(KeyEvent.KEY_RELEASED, code, control, shift);
        });
        rest();
    }

    private void fire(EventType<KeyEvent> type, KeyCode code, boolean control, boolean shift) {
        Node focused = scene.getFocusOwner();
        EventTarget target = focused == null ? scene : focused;
        Event.fireEvent(
                target,
                new KeyEvent(type, KeyEvent.CHAR_UNDEFINED, code.getName(), code, shift, control, false, false));
    }

    /** Writes where the keyboard is, and presses Enter. */
    void enter(String text) throws InterruptedException {
        write(text);
        key(KeyCode.ENTER, false, false);
        settle();
    }

    /** Writes a letter at a time where the keyboard is, if that is a field. */
    void write(String text) throws InterruptedException {
        ui(() -> {
            if (scene.getFocusOwner() instanceof TextInputControl field) {
                field.clear();
            }
        });
        for (int i = 0; i < text.length(); i++) {
            String letter = text.substring(i, i + 1);
            ui(() -> {
                if (scene.getFocusOwner() instanceof TextInputControl field) {
                    field.appendText(letter);
                }
            });
        }
        rest();
    }

    /** Waits until what was asked for is on screen, or takes too long. */
    void settle() throws InterruptedException {
        rest();
        for (int look = 0; look < LOOKS; look++) {
            boolean turning = ui(() -> shown(scene.getRoot(), ProgressIndicator.class).stream()
                    .anyMatch(ProgressIndicator::isIndeterminate));
            if (!turning) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }

    private void rest() throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(restMillis);
    }

    /** Goes through all that a screen shows: its tabs, and in each its tables and lists. */
    void goThrough(Parent screen) throws InterruptedException {
        rows(screen);
        for (TabPane pane : ui(() -> shown(screen, TabPane.class))) {
            for (Tab tab : ui(() -> List.copyOf(pane.getTabs()))) {
                ui(() -> pane.getSelectionModel().select(tab));
                settle();
                rows(screen);
            }
            ui(() -> pane.getSelectionModel().selectFirst());
        }
    }

    private void rows(Parent screen) throws InterruptedException {
        for (TableView<?> table : ui(() -> shown(screen, TableView.class))) {
            int size = ui(() -> table.getItems().size());
            for (int row = 0; row < Math.min(ROWS, size); row++) {
                int at = row;
                ui(() -> table.getSelectionModel().clearAndSelect(at));
                settle();
            }
            ui(() -> table.scrollTo(size - 1));
            settle();
            ui(() -> table.scrollTo(0));
            settle();
        }
        for (ListView<?> list : ui(() -> shown(screen, ListView.class))) {
            int size = ui(() -> list.getItems().size());
            for (int row = 0; row < Math.min(ROWS, size); row++) {
                int at = row;
                ui(() -> list.getSelectionModel().clearAndSelect(at));
                settle();
            }
        }
    }

    /** What of this kind can be seen in there. */
    private static <N extends Node> List<N> shown(Parent root, Class<N> kind) {
        List<N> found = new ArrayList<>();
        Deque<Node> left = new ArrayDeque<>(List.of(root));
        while (!left.isEmpty()) {
            Node node = left.removeFirst();
            if (!node.isVisible()) {
                continue;
            }
            if (kind.isInstance(node)) {
                found.add(kind.cast(node));
            }
            if (node instanceof Parent parent) {
                Collection<Node> children = parent.getChildrenUnmodifiable();
                left.addAll(children);
            }
        }
        return found;
    }
}
