package io.strongroom.console.review;

import io.strongroom.api.PolicyProposal;
import io.strongroom.console.desk.Desk;
import io.strongroom.console.look.Sign;
import io.strongroom.console.text.Texts;
import io.strongroom.evidence.Printable;
import java.util.stream.Collectors;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** What somebody said, with who and when. */
final class Remark extends VBox {
    private final FlowPane head = new FlowPane(8, 0);

    /**
     * What is shown of a comment.
     *
     * @param shown the proposal as it is shown, by which it is told whether the comment is about what is shown
     */
    Remark(Desk desk, PolicyProposal shown, PolicyProposal.Comment comment) {
        Texts texts = desk.texts();
        getStyleClass().add("remark");
        Kind kind = Kind.of(shown, comment);
        Label who = new Label(
                texts.get("review.remark." + kind, Printable.of(comment.author())),
                kind == Kind.HOLDS ? Sign.FAILS.icon() : null);
        who.getStyleClass().add("strong");
        Label at = new Label(desk.times().full(comment.at()));
        at.getStyleClass().addAll("text-muted", "small");
        head.getChildren().setAll(who, at);
        head.setAlignment(Pos.CENTER_LEFT);
        getChildren().add(head);
        if (!comment.commit().equals(shown.commit())) {
            Label older = new Label(texts.get("review.remark.older", ReviewViewModel.brief(comment.commit())));
            older.getStyleClass().addAll("text-muted", "small");
            getChildren().add(older);
        }
        Label words = new Label(comment.text().lines().map(Printable::of).collect(Collectors.joining("\n")));
        words.setWrapText(true);
        words.setMinHeight(Region.USE_PREF_SIZE);
        getChildren().add(words);
        setAccessibleText(who.getText() + ", " + at.getText() + ": " + words.getText());
    }

    /** Names the place that it is about, beside who said it. */
    void about(Labeled place) {
        head.getChildren().add(1, place);
        setAccessibleText(place.getText() + ", " + getAccessibleText());
    }

    /** What a comment does. */
    private enum Kind {
        /** It is said. */
        SAID,
        /** It asks for changes, and holds the commit that is shown back. */
        HOLDS,
        /** It asked for changes; that was taken back, or it was about an older commit. */
        HELD;

        static Kind of(PolicyProposal shown, PolicyProposal.Comment comment) {
            if (!comment.requestsChanges()) {
                return SAID;
            }
            boolean holds = comment.commit().equals(shown.commit())
                    && shown.approvals().stream()
                            .anyMatch(given -> given.digest().equals(comment.rejection()) && !given.withdrawn());
            return holds ? HOLDS : HELD;
        }
    }
}
