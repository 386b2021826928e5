package io.strongroom.console.review;

import io.strongroom.console.desk.Desk;
import java.util.function.Supplier;
import javafx.geometry.Insets;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;

/** A row of the page of files: a line side by side, or what was said of one. */
final class FileCell extends ListCell<FileRow> {
    private static final Insets AROUND = new Insets(4, 12, 8, 12);

    private final ListView<FileRow> list;
    private final Desk desk;
    private final Supplier<@Nullable Reviewed> shown;
    private @Nullable DiffLine line;
    private @Nullable Region remark;

    FileCell(ListView<FileRow> list, Desk desk, Supplier<@Nullable Reviewed> shown) {
        this.list = list;
        this.desk = desk;
        this.shown = shown;
        getStyleClass().add("diff-cell");
    }

    @Override
    protected void updateItem(@Nullable FileRow item, boolean empty) {
        super.updateItem(item, empty);
        line = null;
        remark = null;
        setText(null);
        setGraphic(null);
        getStyleClass().removeAll("diff-file", "diff-gap");
        if (empty) {
            return;
        }
        switch (item) {
            case FileRow.Compared compared -> compared(compared.row());
            case FileRow.Said said -> said(said);
            case null -> {}
        }
    }

    private void compared(DiffRow row) {
        switch (row.kind()) {
            case FILE -> {
                getStyleClass().add("diff-file");
                setText(row.text());
            }
            case GAP -> {
                getStyleClass().add("diff-gap");
                setText("⋯");
            }
            default -> {
                line = new DiffLine(row, list.getWidth());
                setGraphic(line);
            }
        }
    }

    /** Below the half that it is about: the right one. */
    private void said(FileRow.Said said) {
        Reviewed reviewed = shown.get();
        if (reviewed == null) {
            return;
        }
        StackPane around = new StackPane(new Remark(desk, reviewed.proposal(), said.comment()));
        double half = DiffLine.half(list.getWidth());
        around.setPadding(new Insets(AROUND.getTop(), AROUND.getRight(), AROUND.getBottom(), half + AROUND.getLeft()));
        around.setMinWidth(2 * half);
        around.setMaxWidth(2 * half);
        remark = around;
        setGraphic(around);
    }

    /** As high as what it holds, wrapped to this width. */
    @Override
    protected double computePrefHeight(double width) {
        if (line != null) {
            return line.height();
        }
        return remark == null ? super.computePrefHeight(width) : Math.ceil(remark.prefHeight(remark.getMaxWidth()));
    }
}
