package io.strongroom.console.review;

import io.strongroom.api.PolicyProposal;
import io.strongroom.console.desk.Desk;
import io.strongroom.console.look.Sign;
import io.strongroom.console.text.Texts;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** A proposal in the list: its title, its name and author, its state. */
final class ProposalCell extends ListCell<PolicyProposal> {
    private final Desk desk;

    ProposalCell(Desk desk) {
        this.desk = desk;
        setPrefWidth(0);
    }

    @Override
    protected void updateItem(@Nullable PolicyProposal proposal, boolean empty) {
        super.updateItem(proposal, empty);
        if (empty || proposal == null) {
            setGraphic(null);
            setAccessibleText(null);
            return;
        }
        String name = Reviewed.shortName(proposal);
        Label title = new Label(proposal.title().isBlank() ? name : proposal.title());
        title.getStyleClass().add("strong");
        Label about = new Label(desk.texts().get("review.cell", name, proposal.author()));
        about.getStyleClass().addAll("text-muted", "small");
        Region between = new Region();
        HBox.setHgrow(between, Priority.ALWAYS);
        Node state = state(desk.texts(), proposal);
        Label at = new Label(desk.times().full(proposal.changedAt()));
        at.getStyleClass().addAll("text-muted", "small");
        HBox below = new HBox(8, state, between, at);
        below.setAlignment(Pos.CENTER_LEFT);
        VBox cell = new VBox(3, title, about, below);
        cell.getStyleClass().add("proposal-cell");
        setGraphic(cell);
        setAccessibleText(title.getText() + ", " + desk.texts().get("review.state." + proposal.state()));
    }

    /** Its state, as shape and word. */
    static Label state(Texts texts, PolicyProposal proposal) {
        Sign sign =
                switch (proposal.state()) {
                    case "open" -> Sign.DOUBTFUL;
                    case "activated" -> Sign.HOLDS;
                    case "withdrawn" -> Sign.FAILS;
                    default -> Sign.NEUTRAL;
                };
        Label label = new Label(texts.get("review.state." + proposal.state()), sign.icon());
        label.getStyleClass().add("state");
        return label;
    }
}
