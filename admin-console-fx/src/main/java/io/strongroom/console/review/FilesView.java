package io.strongroom.console.review;

import io.strongroom.console.desk.Desk;
import io.strongroom.console.look.Fxml;
import io.strongroom.console.look.WhyNot;
import java.util.function.Consumer;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import org.jspecify.annotations.Nullable;

/** The page of files: what changes in each, side by side, and what was said of it. */
final class FilesView {
    private final Desk desk;
    private final ReviewViewModel model;
    private final Consumer<Place> write;
    private final Parent root;

    @FXML
    private ListView<FileRow> diff;

    @FXML
    private Button commentLine;

    /** @param write lets the officer write a comment */
    @SuppressWarnings("NullAway.Init") // what the fxml fills in
    FilesView(Desk desk, ReviewViewModel model, Consumer<Place> write) {
        this.desk = desk;
        this.model = model;
        this.write = write;
        this.root = Fxml.load(this, desk.texts());
    }

    Parent root() {
        return root;
    }

    @FXML
    private void initialize() {
        diff.setCellFactory(list -> new FileCell(list, desk, model::shown));
        diff.widthProperty().subscribe(width -> diff.refresh());
        diff.setOnKeyPressed(pressed -> {
            if (pressed.getCode() == KeyCode.ENTER && !pressed.isShortcutDown()) {
                comment();
                pressed.consume();
            }
        });
        diff.setOnMouseClicked(clicked -> {
            if (clicked.getButton() == MouseButton.PRIMARY && clicked.getClickCount() == 2) {
                comment();
            }
        });
        diff.getSelectionModel().selectedItemProperty().subscribe(chosen -> able());
        model.may().subscribe(may -> able());
    }

    void show(Reviewed reviewed) {
        int chosen = diff.getSelectionModel().getSelectedIndex();
        diff.getItems().setAll(reviewed.fileRows());
        if (chosen >= 0 && chosen < diff.getItems().size()) {
            diff.getSelectionModel().select(chosen);
        }
    }

    /** Goes to a line, where it is among those that are compared, or to its file. */
    void go(Place place) {
        int at = -1;
        for (int i = 0; i < diff.getItems().size(); i++) {
            FileRow row = diff.getItems().get(i);
            if (row.place().equals(place)) {
                at = i;
                break;
            } else if (at < 0 && row.file().equals(place.file())) {
                at = i;
            }
        }
        if (at >= 0) {
            diff.getSelectionModel().select(at);
            diff.scrollTo(Math.max(0, at - 3));
            diff.requestFocus();
        }
    }

    // --- Saying something of a line

    /** Why nothing can be said of the row that is chosen; null while it can. */
    @Nullable
    String whyNot() {
        FileRow row = diff.getSelectionModel().getSelectedItem();
        String may = model.may().get().comment();
        if (may != null) {
            return may;
        } else if (row == null) {
            return desk.texts().get("review.comment.choose");
        }
        return row instanceof FileRow.Compared compared && compared.row().isGone()
                ? desk.texts().get("review.comment.gone")
                : null;
    }

    private void able() {
        WhyNot.able(commentLine, whyNot());
    }

    @FXML
    void comment() {
        FileRow row = diff.getSelectionModel().getSelectedItem();
        if (row != null && whyNot() == null) {
            write.accept(row.place());
        }
    }
}
