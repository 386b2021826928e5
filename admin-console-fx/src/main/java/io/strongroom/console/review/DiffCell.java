package io.strongroom.console.review;

import java.util.List;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;
import org.jspecify.annotations.Nullable;

/**
 * A row of two files beside each other. What changed has a sign in the margin, and its words are struck through or
 * underlined: the colour only repeats it.
 */
final class DiffCell extends ListCell<DiffRow> {
    private static final double NUMBER = 40;
    private static final double SIGN = 18;
    private static final double MARGIN = 24;
    private static final Insets TEXT = new Insets(2, 6, 2, 2);

    private final ListView<DiffRow> list;
    private @Nullable HBox row;

    DiffCell(ListView<DiffRow> list) {
        this.list = list;
        getStyleClass().add("diff-cell");
    }

    @Override
    protected void updateItem(@Nullable DiffRow item, boolean empty) {
        super.updateItem(item, empty);
        row = null;
        setText(null);
        getStyleClass().removeAll("diff-file", "diff-gap");
        if (empty || item == null) {
            setGraphic(null);
            return;
        }
        switch (item.kind()) {
            case FILE -> {
                getStyleClass().add("diff-file");
                setGraphic(null);
                setText(item.text());
            }
            case GAP -> {
                getStyleClass().add("diff-gap");
                setGraphic(null);
                setText("⋯");
            }
            default -> {
                row = row(item);
                setGraphic(row);
            }
        }
    }

    private HBox row(DiffRow item) {
        boolean changed = item.kind() == DiffRow.Kind.CHANGED;
        HBox both = new HBox(
                half(
                        item.beforeLine(),
                        item.before(),
                        changed || item.kind() == DiffRow.Kind.REMOVED ? "−" : "",
                        "diff-removed"),
                half(
                        item.afterLine(),
                        item.after(),
                        changed || item.kind() == DiffRow.Kind.ADDED ? "+" : "",
                        "diff-added"));
        both.setAccessibleText((changed ? "− + " : "") + item.text());
        return both;
    }

    private Node half(int line, List<DiffRow.Piece> pieces, String sign, String style) {
        Label number = new Label(line == 0 ? "" : Integer.toString(line));
        number.getStyleClass().addAll("mono", "small", "text-muted", "diff-number");
        number.setMinWidth(NUMBER);
        number.setAlignment(Pos.TOP_RIGHT);
        Label mark = new Label(sign);
        mark.getStyleClass().addAll("mono", "strong");
        mark.setMinWidth(SIGN);
        mark.setAlignment(Pos.TOP_CENTER);
        TextFlow flow = new TextFlow();
        flow.setPadding(TEXT);
        for (DiffRow.Piece piece : pieces) {
            Text text = new Text(piece.text());
            text.getStyleClass().add("diff-text");
            if (piece.changed()) {
                text.getStyleClass().add("diff-word");
                text.setUnderline(style.equals("diff-added"));
                text.setStrikethrough(style.equals("diff-removed"));
            }
            flow.getChildren().add(text);
        }
        double width = half();
        flow.setMinWidth(width - NUMBER - SIGN);
        flow.setPrefWidth(width - NUMBER - SIGN);
        flow.setMaxWidth(width - NUMBER - SIGN);
        flow.setMinHeight(Region.USE_PREF_SIZE);
        HBox half = new HBox(number, mark, flow);
        half.setMinWidth(width);
        half.setMaxWidth(width);
        half.getStyleClass().add("diff-half");
        if (!sign.isEmpty()) {
            half.getStyleClass().add(style);
        } else if (line == 0) {
            half.getStyleClass().add("diff-none");
        }
        return half;
    }

    private double half() {
        return Math.max(160, (list.getWidth() - MARGIN) / 2);
    }

    /** As high as the longer of the two sides, wrapped. */
    @Override
    protected double computePrefHeight(double width) {
        if (row == null) {
            return super.computePrefHeight(width);
        }
        double highest = 0;
        for (Node half : row.getChildren()) {
            for (Node part : ((HBox) half).getChildren()) {
                highest = Math.max(highest, part.prefHeight(part instanceof TextFlow ? half() - NUMBER - SIGN : -1));
            }
        }
        return Math.ceil(highest);
    }
}
