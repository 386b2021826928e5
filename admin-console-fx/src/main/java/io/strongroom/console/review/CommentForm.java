package io.strongroom.console.review;

import atlantafx.base.controls.PasswordTextField;
import io.strongroom.api.CommentRequest;
import io.strongroom.console.text.Texts;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.scene.TraversalDirection;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.VBox;

/** Where a comment is written; and the passphrase of the key where it asks for changes, which is signed. */
final class CommentForm extends VBox {
    private static final int ROWS = 6;

    private final TextArea words = new TextArea();
    private final PasswordTextField passphrase = new PasswordTextField();
    private final BooleanBinding ready;

    /**
     * A form to fill in.
     *
     * @param label what is asked for
     * @param before what was written before, and not sent
     * @param signs whether a passphrase is needed
     */
    CommentForm(Texts texts, String label, String before, boolean signs) {
        getStyleClass().add("fields");
        words.setId("words");
        words.setText(before);
        words.setWrapText(true);
        words.setPrefRowCount(ROWS);
        words.positionCaret(before.length());
        words.addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
        Label name = new Label(label);
        name.setLabelFor(words);
        name.setWrapText(true);
        Label room = new Label();
        room.getStyleClass().addAll("text-muted", "small");
        room.textProperty().bind(words.textProperty().map(text -> told(texts, text)));
        getChildren().addAll(name, words, room);
        if (signs) {
            passphrase.setId("keyPassphrase");
            Label key = new Label(texts.get("review.passphrase"));
            key.setLabelFor(passphrase);
            getChildren().addAll(key, passphrase);
        }
        ready = Bindings.createBooleanBinding(
                () -> isComment(text()) && !(signs && passphrase.getText().isBlank()),
                words.textProperty(),
                passphrase.textProperty());
    }

    private static String told(Texts texts, String text) {
        return texts.get("review.comment.room", text.codePointCount(0, text.length()), CommentRequest.MAX_TEXT);
    }

    private static boolean isComment(String text) {
        return !text.isBlank() && text.codePointCount(0, text.length()) <= CommentRequest.MAX_TEXT;
    }

    /** Tab leads on, as from every other field: a comment needs none. */
    private void pressed(KeyEvent event) {
        if (event.getCode() == KeyCode.TAB && !event.isShortcutDown() && !event.isAltDown()) {
            if (event.isShiftDown()) {
                words.requestFocusTraversal(TraversalDirection.PREVIOUS);
            } else {
                words.requestFocusTraversal(TraversalDirection.NEXT);
            }
            event.consume();
        }
    }

    /** Where the keyboard goes. */
    TextArea words() {
        return words;
    }

    BooleanBinding ready() {
        return ready;
    }

    /** What is written, without what a clipboard may have brought along. */
    String text() {
        return words.getText().strip().replaceAll("[\\p{Cntrl}&&[^\n\t]]", "");
    }

    String passphrase() {
        return passphrase.getPassword();
    }
}
