package io.strongroom.console.pack;

import io.strongroom.console.look.Sign;
import io.strongroom.console.print.PdfPages;
import io.strongroom.console.text.Texts;
import io.strongroom.evidence.Printable;
import io.strongroom.evidence.Rfc3339;
import io.strongroom.evidence.pack.verify.Failure;
import io.strongroom.evidence.pack.verify.Finding;
import io.strongroom.evidence.pack.verify.Ladder;
import io.strongroom.evidence.pack.verify.PackPolicy;
import io.strongroom.evidence.pack.verify.PackWithheld;
import io.strongroom.evidence.pack.verify.Rung;
import io.strongroom.evidence.pack.verify.Verdict;
import io.strongroom.evidence.trust.TrustFile;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What verifying a pack said, to print and to file.
 *
 * @param papers what a pack that holds tells beside its records; null for one that does not
 * @param verifiedAt when it was verified
 * @param program name and version of what verified it
 */
record PackReport(
        Ladder ladder,
        PackFileDigest file,
        PackViewModel.@Nullable Trust trust,
        @Nullable Papers papers,
        Instant verifiedAt,
        String program,
        Texts texts) {
    /** Writes it as PDF. */
    void write(OutputStream out) throws IOException {
        String name = String.valueOf(file.file().getFileName());
        String at = verifiedAt.truncatedTo(ChronoUnit.SECONDS).toString();
        String title = texts.get("pack.report.title");
        try (PdfPages pages = new PdfPages(title + ": " + name, program, texts.locale(), verifiedAt)) {
            pages.title(
                    title,
                    List.of(
                            Printable.of(name),
                            texts.get("pack.report.when", at),
                            texts.get("pack.report.program", program)));
            Sign sign = Outcomes.sign(ladder);
            pages.verdict(sign, texts.get(Outcomes.verdict(ladder)), texts.get(Outcomes.verdict(ladder) + ".why"));
            if (ladder.failure().isPresent()) {
                section(pages, failure(ladder.failure().get()));
            }
            ladder(pages);
            section(pages, new Section(texts.get("pack.custody.file"), Custody.file(file, texts), ""));
            section(pages, trusted());
            if (ladder.verdict(Rung.RECORDED).held()) {
                section(pages, new Section(texts.get("pack.facts"), Facts.of(ladder.facts(), texts), ""));
            }
            if (papers != null) {
                papers(pages, papers);
            }
            pages.heading(texts.get("pack.report.sign"));
            pages.blank(texts.get("pack.report.name"));
            pages.blank(texts.get("pack.report.date"));
            int count = pages.count();
            pages.write(
                    out,
                    texts.get("pack.report.foot", Printable.of(name), at),
                    page -> texts.get("pack.report.page", page, count));
        }
    }

    private static void section(PdfPages pages, Section section) throws IOException {
        pages.heading(section.title());
        for (Fact fact : section.facts()) {
            pages.fact(fact.name(), fact.value(), fact.exact());
        }
        if (!section.note().isEmpty()) {
            pages.note(section.note());
        }
    }

    private Section failure(Failure failure) {
        List<Fact> facts = new ArrayList<>();
        facts.add(Fact.of(
                texts.get("failure.file"), failure.file() == null ? texts.get("failure.whole") : failure.file()));
        if (failure.place() != null) {
            facts.add(Fact.of(texts.get("failure.place"), Long.toString(failure.place())));
        }
        facts.add(Fact.of(texts.get("failure.expected"), failure.expected()));
        facts.add(Fact.of(texts.get("failure.found"), failure.found()));
        return new Section(texts.get("failure.title"), facts, "");
    }

    private void ladder(PdfPages pages) throws IOException {
        pages.heading(texts.get("pack.ladder"));
        for (Verdict verdict : ladder.verdicts()) {
            pages.row(
                    Outcomes.sign(verdict, ladder),
                    texts.get("rung." + verdict.rung()),
                    texts.get("outcome." + verdict.outcome()),
                    texts.get(Outcomes.sentence(verdict, ladder)));
        }
        pages.heading(texts.get("pack.findings"));
        for (Finding finding : ladder.findings()) {
            pages.row(
                    Outcomes.sign(finding),
                    texts.get("finding." + finding.kind()),
                    texts.get(Outcomes.word(finding)),
                    Said.of(finding, texts));
        }
    }

    private Section trusted() {
        List<Fact> facts = new ArrayList<>();
        if (trust == null) {
            return new Section(texts.get("pack.report.trust"), facts, texts.get("pack.report.trust.none"));
        }
        facts.add(Fact.of(
                texts.get("pack.custody.name"), String.valueOf(trust.file().getFileName())));
        facts.add(Fact.exact(texts.get("pack.custody.digest"), trust.digest().toString()));
        TrustFile content = trust.content();
        facts.add(Fact.exact(
                texts.get("pack.report.trust.logs"),
                content.logs().stream()
                        .map(log -> log.key().name() + " "
                                + log.key().type().algorithm().label() + " "
                                + log.key().key().id())
                        .toList()));
        facts.add(Fact.exact(
                texts.get("pack.report.trust.packs"),
                content.packKeys().stream()
                        .map(key ->
                                key.key().algorithm().label() + " " + key.key().id())
                        .toList()));
        return new Section(texts.get("pack.report.trust"), facts, "");
    }

    private void papers(PdfPages pages, Papers papers) throws IOException {
        for (PackPolicy policy : papers.policies()) {
            section(pages, policy(policy));
        }
        section(pages, withheld(papers.withheld()));
        TrustFile content = trust == null ? null : trust.content();
        for (Section section : Custody.of(papers, ladder.facts(), content, texts)) {
            if (!section.title().equals(texts.get("pack.custody.file"))) {
                section(pages, section);
            }
        }
    }

    private Section policy(PackPolicy policy) {
        List<Fact> facts = new ArrayList<>(PolicyFacts.of(policy, ladder.facts(), texts));
        String note = policy.activations().isEmpty() ? texts.get("pack.policy.unapproved") : "";
        for (PackPolicy.InForce inForce : policy.activations()) {
            facts.add(Fact.of(
                    texts.get("pack.report.inForce"),
                    texts.get(
                            inForce.sufficient() ? "pack.policy.approved" : "pack.policy.insufficient",
                            Rfc3339.format(inForce.at()),
                            inForce.seq())));
            facts.addAll(PolicyFacts.of(inForce, texts));
        }
        return new Section(PolicyFacts.name(policy.bundle(), texts), facts, note);
    }

    private Section withheld(PackWithheld withheld) {
        List<Fact> facts = new ArrayList<>();
        for (PackWithheld.Hidden hidden : withheld.fields()) {
            facts.add(Fact.of(
                    hidden.pointer(),
                    texts.get(
                            "pack.report.hidden",
                            hidden.mask() == null ? texts.get("pack.withheld.hidden") : hidden.mask(),
                            hidden.records(),
                            hidden.reason(),
                            hidden.classification())));
        }
        withheld.records()
                .forEach((reason, count) -> facts.add(Fact.of(
                        texts.get("pack.withheld.records"), texts.get("pack.withheld.because", count, reason))));
        return new Section(texts.get("pack.withheld"), facts, PolicyFacts.note(withheld, ladder.facts(), texts));
    }
}
