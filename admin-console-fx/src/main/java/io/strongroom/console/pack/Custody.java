package io.strongroom.console.pack;

import io.strongroom.console.text.Texts;
import io.strongroom.evidence.key.VerifyingKey;
import io.strongroom.evidence.pack.verify.PackFacts;
import io.strongroom.evidence.pack.verify.PackStatement;
import io.strongroom.evidence.trust.TrustFile;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whose hands a pack went through, as far as it says: who asked for it, what made it, who signed. */
final class Custody {
    private final Papers papers;
    private final Texts texts;

    private Custody(Papers papers, Texts texts) {
        this.papers = papers;
        this.texts = texts;
    }

    static List<Section> of(Papers papers, PackFacts facts, @Nullable TrustFile trust, Texts texts) {
        Custody custody = new Custody(papers, texts);
        return List.of(
                custody.asked(),
                custody.made(facts),
                custody.signed(trust),
                new Section(
                        texts.get("pack.custody.checkpoint"),
                        Signatures.of(papers.statement().checkpoint(), trust, texts),
                        texts.get("pack.custody.checkpoint.note")),
                custody.file(),
                new Section(texts.get("pack.custody.unsaid"), List.of(), texts.get("pack.custody.unsaid.note")));
    }

    private Section asked() {
        PackStatement statement = papers.statement();
        String profiles = statement.reader().maskingProfiles();
        return new Section(
                texts.get("pack.custody.asked"),
                List.of(
                        Fact.of(texts.get("pack.custody.by"), statement.reader().id()),
                        Fact.of(
                                texts.get("pack.custody.roles"),
                                statement.reader().roles().replace(" ", ", ")),
                        Fact.of(texts.get("pack.custody.purpose"), statement.purpose()),
                        Fact.of(texts.get("pack.custody.selection"), SelectionWords.of(statement.selection(), texts)),
                        Fact.of(texts.get("pack.custody.withheld"), withheld(statement.withheld())),
                        Fact.of(texts.get("pack.custody.format"), statement.format()),
                        Fact.of(
                                texts.get("pack.custody.profiles"),
                                profiles.isEmpty()
                                        ? texts.get("pack.custody.profiles.none")
                                        : profiles.replace(" ", ", "))),
                "");
    }

    private List<String> withheld(List<String> places) {
        if (places.isEmpty()) {
            return List.of(texts.get("pack.custody.withheld.none"));
        }
        return places.contains("") ? List.of(texts.get("pack.custody.withheld.all")) : places;
    }

    private Section made(PackFacts facts) {
        PackStatement statement = papers.statement();
        List<Fact> made = new ArrayList<>();
        made.add(Fact.of(texts.get("pack.custody.pack"), statement.packId()));
        made.add(Fact.of(texts.get("pack.custody.at"), statement.createdAt()));
        made.add(Fact.of(texts.get("pack.custody.tenant"), statement.tenant()));
        made.add(Fact.of(texts.get("pack.custody.ledger"), facts.origin()));
        if (facts.from() < facts.to()) {
            made.add(Fact.of(
                    texts.get("pack.custody.range"), texts.get("fact.places.value", facts.from(), facts.to() - 1)));
        }
        made.add(Fact.of(
                texts.get("pack.custody.tool"),
                statement.tool().name() + " " + statement.tool().version()));
        return new Section(texts.get("pack.custody.made"), made, "");
    }

    private Section signed(@Nullable TrustFile trust) {
        List<Fact> signed = new ArrayList<>();
        for (VerifyingKey key : papers.statement().signedBy()) {
            signed.add(Fact.exact(key.algorithm().label(), key.id().toString()));
        }
        String whose = texts.get(trust == null ? "pack.custody.signed.own" : "pack.custody.signed.trusted");
        return new Section(
                texts.get("pack.custody.signed"),
                signed,
                texts.get("pack.custody.signed.note", papers.statement().files()) + " " + whose);
    }

    private Section file() {
        return new Section(
                texts.get("pack.custody.file"), file(papers.file(), texts), texts.get("pack.custody.file.note"));
    }

    /** The file itself, which the report tells of too where the pack does not hold. */
    static List<Fact> file(PackFileDigest file, Texts texts) {
        List<Fact> facts = new ArrayList<>();
        facts.add(Fact.of(
                texts.get("pack.custody.name"), String.valueOf(file.file().getFileName())));
        if (file.digest() == null) {
            facts.add(Fact.of(texts.get("pack.custody.digest"), texts.get("pack.custody.unpacked")));
        } else {
            facts.add(Fact.of(texts.get("pack.custody.size"), texts.get("pack.custody.bytes", file.bytes())));
            facts.add(Fact.exact(texts.get("pack.custody.digest"), file.digest().toString()));
        }
        return facts;
    }
}
