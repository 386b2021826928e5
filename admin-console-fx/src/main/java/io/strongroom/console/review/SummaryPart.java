package io.strongroom.console.review;

import io.strongroom.api.PolicyProposal;
import io.strongroom.console.desk.Desk;
import io.strongroom.console.look.Sign;
import io.strongroom.console.text.Texts;
import io.strongroom.evidence.Printable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** The first page of a review: what is decided otherwise, in sentences, and who said what of it. */
final class SummaryPart {
    private final Desk desk;
    private final Texts texts;
    private final VBox page;
    private final Consumer<Place> go;

    /** @param go shows the line that a comment is about */
    SummaryPart(Desk desk, VBox page, Consumer<Place> go) {
        this.desk = desk;
        this.texts = desk.texts();
        this.page = page;
        this.go = go;
    }

    void show(PolicyProposal proposal) {
        page.getChildren().clear();
        proposal.fault().ifPresent(fault -> page.getChildren()
                .add(line(Sign.FAILS, texts.get("review.fault", Printable.of(fault)))));
        if (!proposal.continuesMain() && proposal.state().equals("open")) {
            page.getChildren().add(line(Sign.DOUBTFUL, texts.get("review.behind")));
        }
        if (proposal.fault().isEmpty()) {
            changes(proposal);
            tests(proposal);
        }
        approvals(proposal);
        comments(proposal);
    }

    private void changes(PolicyProposal proposal) {
        page.getChildren().add(section("review.changes"));
        List<PolicyProposal.Change> all = proposal.changes();
        if (all.isEmpty()) {
            page.getChildren().add(line(Sign.NEUTRAL, texts.get("review.changes.none")));
            return;
        }
        Map<String, List<PolicyProposal.Change>> byArea = new LinkedHashMap<>();
        all.forEach(change ->
                byArea.computeIfAbsent(change.area(), area -> new ArrayList<>()).add(change));
        byArea.forEach((area, changes) -> {
            Label heading = new Label(texts.get("review.area." + area));
            heading.getStyleClass().add("strong");
            VBox told = new VBox(4, heading);
            changes.forEach(change -> told.getChildren().add(wrapped("•  " + Printable.of(change.sentence()))));
            page.getChildren().add(told);
        });
    }

    private void tests(PolicyProposal proposal) {
        page.getChildren().add(section("review.tests"));
        long failed = proposal.tests().stream().filter(test -> !test.passed()).count();
        page.getChildren()
                .add(
                        failed > 0
                                ? line(
                                        Sign.FAILS,
                                        texts.get(
                                                "review.tests.failed",
                                                failed,
                                                proposal.tests().size()))
                                : line(
                                        proposal.tests().isEmpty() ? Sign.DOUBTFUL : Sign.HOLDS,
                                        texts.get("review.tests.passed", proposal.testsPassed())));
    }

    private void approvals(PolicyProposal proposal) {
        page.getChildren().add(section("review.approvals"));
        for (PolicyProposal.Given given : proposal.approvals()) {
            boolean rejected = given.decision().equals("reject");
            Sign sign = given.withdrawn()
                    ? Sign.NEUTRAL
                    : rejected ? Sign.FAILS : given.counts() ? Sign.HOLDS : Sign.NEUTRAL;
            String key = given.withdrawn()
                    ? "review.given.withdrawn"
                    : rejected ? "review.given.rejected" : given.counts() ? "review.given" : "review.given.not";
            page.getChildren()
                    .add(line(
                            sign,
                            texts.get(
                                    key,
                                    Printable.of(given.officer()),
                                    Printable.of(given.role()),
                                    desk.times().full(given.expires()),
                                    given.reason() == null ? "" : Printable.of(given.reason()))));
        }
        long counting = proposal.approvals().stream()
                .filter(PolicyProposal.Given::counts)
                .count();
        if (!proposal.state().equals("activated")) {
            page.getChildren()
                    .add(line(
                            counting >= 2 ? Sign.HOLDS : Sign.NEUTRAL,
                            texts.get(counting >= 2 ? "review.approvals.enough" : "review.approvals.need", counting)));
        }
    }

    private void comments(PolicyProposal proposal) {
        page.getChildren().add(section("review.comments"));
        if (proposal.comments().isEmpty()) {
            page.getChildren().add(line(Sign.NEUTRAL, texts.get("review.comments.none")));
        }
        for (PolicyProposal.Comment comment : proposal.comments()) {
            Remark remark = new Remark(desk, proposal, comment);
            if (comment.file() != null) {
                Place place = new Place(comment.file(), comment.line());
                remark.about(place(place, comment.commit().equals(proposal.commit())));
            }
            page.getChildren().add(remark);
        }
    }

    /** Where a comment belongs; leads there if that is what is shown. */
    private Labeled place(Place place, boolean shown) {
        if (!shown) {
            Label label = new Label(place.told(texts));
            label.getStyleClass().add("text-muted");
            return label;
        }
        Hyperlink link = new Hyperlink(place.told(texts));
        link.setOnAction(pressed -> go.accept(place));
        return link;
    }

    private Label section(String key) {
        Label label = new Label(texts.get(key));
        label.getStyleClass().add("section");
        return label;
    }

    private static Node line(Sign sign, String text) {
        Label label = wrapped(text);
        HBox.setHgrow(label, Priority.ALWAYS);
        HBox line = new HBox(10, sign.icon(), label);
        line.setAlignment(Pos.CENTER_LEFT);
        return line;
    }

    private static Label wrapped(String text) {
        Label label = new Label(text);
        label.setWrapText(true);
        label.setMaxWidth(Double.MAX_VALUE);
        return label;
    }
}
