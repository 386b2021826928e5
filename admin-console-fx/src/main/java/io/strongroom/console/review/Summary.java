package io.strongroom.console.review;

import io.strongroom.api.PolicyProposal;
import io.strongroom.console.desk.Times;
import io.strongroom.console.look.Sign;
import io.strongroom.console.text.Texts;
import io.strongroom.evidence.Printable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The first page of a review: what is decided otherwise, in sentences, and who said what of it. */
final class Summary {
    private final PolicyProposal proposal;
    private final Texts texts;
    private final Times times;
    private final List<SummaryRow> rows = new ArrayList<>();

    private Summary(PolicyProposal proposal, Texts texts, Times times) {
        this.proposal = proposal;
        this.texts = texts;
        this.times = times;
    }

    /** Its rows, from the top. There may be hundreds: a proposal that takes all rules away has a sentence for each. */
    static List<SummaryRow> of(PolicyProposal proposal, Texts texts, Times times) {
        Summary made = new Summary(proposal, texts, times);
        made.read();
        return List.copyOf(made.rows);
    }

    private void read() {
        proposal.fault().ifPresent(fault -> line(Sign.FAILS, texts.get("review.fault", Printable.of(fault))));
        if (!proposal.continuesMain() && proposal.state().equals("open")) {
            line(Sign.DOUBTFUL, texts.get("review.behind"));
        }
        if (proposal.fault().isEmpty()) {
            changes();
            tests();
        }
        approvals();
        comments();
    }

    private void changes() {
        section("review.changes");
        List<PolicyProposal.Change> all = proposal.changes();
        if (all.isEmpty()) {
            line(Sign.NEUTRAL, texts.get("review.changes.none"));
            return;
        }
        Map<String, List<PolicyProposal.Change>> byArea = new LinkedHashMap<>();
        all.forEach(change ->
                byArea.computeIfAbsent(change.area(), area -> new ArrayList<>()).add(change));
        byArea.forEach((area, changes) -> {
            rows.add(new SummaryRow.Area(texts.get("review.area." + area)));
            changes.forEach(change -> line(null, "•  " + Printable.of(Sentence.of(change, texts.locale()))));
        });
    }

    private void tests() {
        section("review.tests");
        List<PolicyProposal.Test> all = proposal.tests();
        long failed = all.stream().filter(test -> !test.passed()).count();
        if (failed > 0) {
            line(Sign.FAILS, texts.get("review.tests.failed", failed, all.size()));
        } else {
            line(all.isEmpty() ? Sign.DOUBTFUL : Sign.HOLDS, texts.get("review.tests.passed", proposal.testsPassed()));
        }
    }

    private void approvals() {
        section("review.approvals");
        for (PolicyProposal.Given given : proposal.approvals()) {
            boolean rejected = given.decision().equals("reject");
            Sign sign = given.withdrawn()
                    ? Sign.NEUTRAL
                    : rejected ? Sign.FAILS : given.counts() ? Sign.HOLDS : Sign.NEUTRAL;
            String key = given.withdrawn()
                    ? "review.given.withdrawn"
                    : rejected ? "review.given.rejected" : given.counts() ? "review.given" : "review.given.not";
            line(
                    sign,
                    texts.get(
                            key,
                            Printable.of(given.officer()),
                            Printable.of(given.role()),
                            times.full(given.expires()),
                            given.reason() == null ? "" : Printable.of(given.reason())));
        }
        long counting = proposal.approvals().stream()
                .filter(PolicyProposal.Given::counts)
                .count();
        if (!proposal.state().equals("activated")) {
            line(
                    counting >= 2 ? Sign.HOLDS : Sign.NEUTRAL,
                    texts.get(counting >= 2 ? "review.approvals.enough" : "review.approvals.need", counting));
        }
    }

    private void comments() {
        section("review.comments");
        if (proposal.comments().isEmpty()) {
            line(Sign.NEUTRAL, texts.get("review.comments.none"));
        }
        proposal.comments().forEach(comment -> rows.add(new SummaryRow.Said(proposal, comment)));
    }

    private void section(String key) {
        rows.add(new SummaryRow.Section(texts.get(key)));
    }

    private void line(@Nullable Sign sign, String text) {
        rows.add(new SummaryRow.Line(sign, text));
    }
}
