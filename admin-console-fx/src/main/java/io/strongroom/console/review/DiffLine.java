package io.strongroom.console.review;

import java.util.List;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;

/**
 * A line of two files beside each other. What changed has a sign in the margin, and its words are struck through or
 * underlined: the colour only repeats it.
 */
final class DiffLine extends HBox {
    private static final double NUMBER = 40;
    private static final double SIGN = 18;
    private static final double MARGIN = 27;
    private static final double NARROWEST = 160;
    private static final Insets TEXT = new Insets(2, 6, 2, 2);

    private final double half;

    /** @param width of the list that it is in */
    DiffLine(DiffRow item, double width) {
        half = half(width);
        boolean changed = item.kind() == DiffRow.Kind.CHANGED;
        getChildren()
                .addAll(
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
        setAccessibleText((changed ? "− + " : "") + item.text());
    }

    /** How wide each side is in a list of this width. */
    static double half(double width) {
        return Math.max(NARROWEST, (width - MARGIN) / 2);
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
        flow.setMinWidth(half - NUMBER - SIGN);
        flow.setPrefWidth(half - NUMBER - SIGN);
        flow.setMaxWidth(half - NUMBER - SIGN);
        flow.setMinHeight(Region.USE_PREF_SIZE);
        HBox side = new HBox(number, mark, flow);
        side.setMinWidth(half);
        side.setMaxWidth(half);
        side.getStyleClass().add("diff-half");
        if (!sign.isEmpty()) {
            side.getStyleClass().add(style);
        } else if (line == 0) {
            side.getStyleClass().add("diff-none");
        }
        return side;
    }

    /** As high as the longer of the two sides, wrapped. */
    double height() {
        double highest = 0;
        for (Node side : getChildren()) {
            for (Node part : ((HBox) side).getChildren()) {
                highest = Math.max(highest, part.prefHeight(part instanceof TextFlow ? half - NUMBER - SIGN : -1));
            }
        }
        return Math.ceil(highest);
    }
}
