package io.strongroom.console.shell;

import atlantafx.base.controls.Notification;
import atlantafx.base.controls.PasswordTextField;
import io.strongroom.console.connection.SecondFactor;
import io.strongroom.console.desk.Dialogs;
import io.strongroom.console.look.Sign;
import io.strongroom.console.text.Texts;
import io.strongroom.console.work.Trouble;
import java.io.File;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import javafx.animation.PauseTransition;
import javafx.application.Platform;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TextField;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.DirectoryChooser;
import javafx.stage.FileChooser;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/** Asks and tells over the window. */
final class ShellDialogs implements Dialogs, SecondFactor {
    private static final Duration READ = Duration.seconds(5);

    private static final KeyCombination DO_IT = new KeyCodeCombination(KeyCode.ENTER, KeyCombination.SHORTCUT_DOWN);

    private final Texts texts;
    private final FileDialogs files;
    private final Overlay overlay = new Overlay();
    private final VBox passing = new VBox();

    ShellDialogs(Texts texts, FileDialogs files) {
        this.texts = texts;
        this.files = files;
        passing.getStyleClass().add("passing");
        passing.setPickOnBounds(false);
        passing.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        // In the middle, since what goes on stands at the right of a screen's foot.
        StackPane.setAlignment(passing, Pos.BOTTOM_CENTER);
    }

    Overlay overlay() {
        return overlay;
    }

    /** Where what is told in passing appears. */
    VBox passing() {
        return passing;
    }

    @Override
    public void confirm(String title, String text, String action, Runnable done) {
        Button act = new Button(action);
        act.setId("act");
        act.getStyleClass().add("accent");
        act.setDefaultButton(true);
        Button no = cancel();
        act.setOnAction(pressed -> {
            overlay.close();
            done.run();
        });
        overlay.show(new Panel(title).text(text).buttons(no, act), no, () -> {});
    }

    @Override
    public void text(String title, String label, String action, boolean secret, Consumer<String> done) {
        ask(title, label, action, secret, "", answer -> answer.ifPresent(done));
    }

    @Override
    public @Nullable String code(boolean wrong) throws InterruptedException {
        CompletableFuture<Optional<String>> answer = new CompletableFuture<>();
        Platform.runLater(() -> ask(
                texts.get("code.title"),
                texts.get("code.label"),
                texts.get("code.action"),
                false,
                wrong ? texts.get("code.wrong") : "",
                answer::complete));
        try {
            return answer.get().orElse(null);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private void ask(
            String title,
            String label,
            String action,
            boolean secret,
            String wrong,
            Consumer<Optional<String>> answered) {
        TextField field = secret ? new PasswordTextField() : new TextField();
        field.setId("asked");
        Label name = new Label(label);
        name.setLabelFor(field);
        Button act = new Button(action);
        act.setId("act");
        act.getStyleClass().add("accent");
        act.setDefaultButton(true);
        act.disableProperty().bind(field.textProperty().map(String::isBlank));
        Panel panel = new Panel(title).with(name).with(field);
        if (!wrong.isEmpty()) {
            Label told = new Label(wrong, Sign.FAILS.icon());
            told.getStyleClass().add("danger");
            panel.with(told);
        }
        boolean[] done = new boolean[1];
        act.setOnAction(pressed -> {
            done[0] = true;
            String typed = field instanceof PasswordTextField password ? password.getPassword() : field.getText();
            overlay.close();
            answered.accept(Optional.of(typed.strip()));
        });
        overlay.show(panel.buttons(cancel(), act), field, () -> {
            if (!done[0]) {
                answered.accept(Optional.empty());
            }
        });
    }

    @Override
    public void form(
            String title,
            Node content,
            Node focus,
            @Nullable String action,
            ObservableValue<Boolean> ready,
            Runnable done) {
        Panel panel = new Panel(title).with(content);
        if (action == null) {
            Button close = new Button(texts.get("close"));
            close.setCancelButton(true);
            close.setOnAction(pressed -> overlay.close());
            overlay.show(panel.buttons(close), focus, () -> {});
            return;
        }
        Button act = new Button(action);
        act.setId("act");
        act.getStyleClass().add("accent");
        act.setDefaultButton(true);
        act.disableProperty().bind(Bindings.createBooleanBinding(() -> !ready.getValue(), ready));
        // Space chooses; Enter means the form, wherever in it the keyboard is.
        content.addEventFilter(KeyEvent.KEY_PRESSED, pressed -> {
            boolean choice = pressed.getTarget() instanceof CheckBox || pressed.getTarget() instanceof RadioButton;
            if (choice && pressed.getCode() == KeyCode.ENTER) {
                act.fire();
                pressed.consume();
            }
        });
        act.setOnAction(pressed -> {
            overlay.close();
            done.run();
        });
        act.setId("act");
        panel.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            // Where Enter makes a line, this does it.
            if (DO_IT.match(event)) {
                act.fire();
                event.consume();
            }
        });
        overlay.show(panel.buttons(cancel(), act), focus, () -> {});
    }

    private Button cancel() {
        Button cancel = new Button(texts.get("cancel"));
        cancel.setOnAction(pressed -> overlay.close());
        return cancel;
    }

    @Override
    public void save(String title, String name, Consumer<Path> done) {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(title);
        chooser.setInitialFileName(name);
        chosen(files.save(chooser, passing.getScene().getWindow()), done);
    }

    @Override
    public void open(String title, String pattern, Consumer<Path> done) {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(title);
        chooser.getExtensionFilters().add(new FileChooser.ExtensionFilter(title, pattern));
        chosen(files.open(chooser, passing.getScene().getWindow()), done);
    }

    @Override
    public void folder(String title, Consumer<Path> done) {
        DirectoryChooser chooser = new DirectoryChooser();
        chooser.setTitle(title);
        chosen(files.folder(chooser, passing.getScene().getWindow()), done);
    }

    private static void chosen(@Nullable File file, Consumer<Path> done) {
        if (file != null) {
            done.accept(file.toPath());
        }
    }

    @Override
    public void told(String text) {
        Notification note = new Notification(text, Sign.HOLDS.icon());
        note.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        note.setPrefWidth(380);
        note.setOnClose(pressed -> passing.getChildren().remove(note));
        passing.getChildren().add(note);
        PauseTransition read = new PauseTransition(READ);
        read.setOnFinished(over -> passing.getChildren().remove(note));
        read.play();
    }

    @Override
    public void failed(String what, Trouble why) {
        Panel panel = new Panel(what);
        Label title = new Label(why.title(), Sign.FAILS.icon());
        title.getStyleClass().add("strong");
        title.setWrapText(true);
        panel.with(title);
        if (!why.detail().isEmpty()) {
            panel.text(why.detail());
        }
        if (!why.action().isEmpty()) {
            panel.text(why.action());
        }
        String request = why.requestId();
        if (request != null) {
            Label id = new Label(texts.get("state.request", request));
            id.getStyleClass().addAll("text-muted", "mono");
            panel.with(id);
        }
        Button close = new Button(texts.get("close"));
        close.setDefaultButton(true);
        close.setOnAction(pressed -> overlay.close());
        overlay.show(panel.buttons(close), close, () -> {});
    }

    @Override
    public void copy(String text) {
        ClipboardContent content = new ClipboardContent();
        content.putString(text);
        Clipboard.getSystemClipboard().setContent(content);
        told(texts.get("copied"));
    }
}
