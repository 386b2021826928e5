package io.strongroom.console.review;

import io.strongroom.api.PolicyProposal;
import io.strongroom.console.desk.Desk;
import java.util.function.Consumer;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListCell;
import org.jspecify.annotations.Nullable;

/** A row of a review's first page, wrapped to the width of the list. */
final class SummaryCell extends ListCell<SummaryRow> {
    private static final String SECTION = "section";
    private static final String AREA = "strong";

    private final Desk desk;
    private final Consumer<Place> go;
    private @Nullable Remark remark;

    /** @param go shows the line that a comment is about */
    SummaryCell(Desk desk, Consumer<Place> go) {
        this.desk = desk;
        this.go = go;
        setPrefWidth(0);
        setWrapText(true);
    }

    @Override
    protected void updateItem(@Nullable SummaryRow row, boolean empty) {
        super.updateItem(row, empty);
        remark = null;
        setText(null);
        setGraphic(null);
        getStyleClass().removeAll(SECTION, AREA);
        switch (empty ? null : row) {
            case SummaryRow.Section section -> {
                getStyleClass().add(SECTION);
                setText(section.title());
            }
            case SummaryRow.Area area -> {
                getStyleClass().add(AREA);
                setText(area.title());
            }
            case SummaryRow.Line line -> {
                setText(line.text());
                setGraphic(line.sign() == null ? null : line.sign().icon());
            }
            case SummaryRow.Said said -> {
                remark = remark(said.proposal(), said.comment());
                setGraphic(remark);
            }
            case null -> {}
        }
    }

    private Remark remark(PolicyProposal proposal, PolicyProposal.Comment comment) {
        Remark made = new Remark(desk, proposal, comment);
        if (comment.file() != null) {
            made.about(place(
                    new Place(comment.file(), comment.line()), comment.commit().equals(proposal.commit())));
        }
        return made;
    }

    /** Where a comment belongs; leads there if that is what is shown. */
    private Labeled place(Place place, boolean shown) {
        if (!shown) {
            Label label = new Label(place.told(desk.texts()));
            label.getStyleClass().add("text-muted");
            return label;
        }
        Hyperlink link = new Hyperlink(place.told(desk.texts()));
        link.setOnAction(pressed -> go.accept(place));
        return link;
    }

    // --- What somebody said is as wide as the row; its height follows from that

    @Override
    protected double computePrefHeight(double width) {
        return remark == null
                ? super.computePrefHeight(width)
                : snappedTopInset() + Math.ceil(remark.prefHeight(within(width))) + snappedBottomInset();
    }

    @Override
    protected void layoutChildren() {
        if (remark != null) {
            remark.setPrefWidth(within(getWidth()));
        }
        super.layoutChildren();
    }

    private double within(double width) {
        return width - snappedLeftInset() - snappedRightInset();
    }
}
