package io.strongroom.evidence.cli;

import io.strongroom.evidence.Printable;
import io.strongroom.evidence.json.CanonicalWriter;
import io.strongroom.evidence.pack.verify.Failure;
import io.strongroom.evidence.pack.verify.Finding;
import io.strongroom.evidence.pack.verify.Ladder;
import io.strongroom.evidence.pack.verify.PackFacts;
import io.strongroom.evidence.pack.verify.Rung;
import io.strongroom.evidence.pack.verify.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Says what became of a pack: to a person, or to a program. */
final class Answer {
    private static final int MOST_RANGES_SHOWN = 5;

    private Answer() {}

    static String text(String pack, Ladder ladder) {
        StringBuilder out = new StringBuilder();
        out.append("Evidence pack ").append(Printable.of(pack)).append("\n\n");
        for (Verdict verdict : ladder.verdicts()) {
            line(out, mark(verdict), verdict.rung().name(), word(verdict), verdict.reason());
        }
        for (Finding finding : ladder.findings()) {
            line(out, mark(finding, ladder), finding.kind().name(), word(finding, ladder), finding.text());
        }
        ladder.failure().ifPresent(failure -> failure(out, failure));
        if (examined(ladder)) {
            facts(out, ladder.facts());
        }
        out.append('\n').append(conclusion(ladder)).append('\n');
        return out.toString();
    }

    private static void line(StringBuilder out, String mark, String name, String word, String reason) {
        out.append("  ").append(mark).append(' ').append(String.format(Locale.ROOT, "%-10s", name));
        out.append(word)
                .append("\n               ")
                .append(Printable.of(reason))
                .append('\n');
    }

    private static String mark(Verdict verdict) {
        return switch (verdict.outcome()) {
            case HELD -> "✓";
            case FAILED -> "✗";
            case NOT_REACHED -> "–";
        };
    }

    private static String word(Verdict verdict) {
        return switch (verdict.outcome()) {
            case HELD -> "yes";
            case FAILED -> "NO";
            case NOT_REACHED -> "not examined";
        };
    }

    private static String mark(Finding finding, Ladder ladder) {
        return finding.held() ? "✓" : examined(ladder) && finding.fails() ? "✗" : "–";
    }

    /** Says of what is missing whether it matters to whoever verifies. */
    private static String word(Finding finding, Ladder ladder) {
        if (finding.held()) {
            return "yes";
        }
        if (!examined(ladder)) {
            return "not examined";
        }
        String demand = finding.demanded() ? "demands it" : "does not demand it";
        return ladder.signerTrusted() ? "no, and your trust file " + demand : "no";
    }

    private static boolean examined(Ladder ladder) {
        return ladder.verdict(Rung.RECORDED).held();
    }

    private static void failure(StringBuilder out, Failure failure) {
        out.append("\n  The first place where it does not hold:\n");
        out.append("    file      ")
                .append(failure.file() == null ? "the pack as a whole" : Printable.of(failure.file()));
        out.append("\n    place     ").append(failure.place() == null ? "none" : failure.place());
        out.append("\n    expected  ").append(Printable.of(failure.expected()));
        out.append("\n    found     ").append(Printable.of(failure.found())).append('\n');
    }

    private static void facts(StringBuilder out, PackFacts facts) {
        out.append("\n  What it holds:\n");
        out.append("    ").append(facts.records()).append(" records of ").append(Printable.of(facts.tenant()));
        out.append(", made ").append(facts.createdAt()).append(" for ").append(Printable.of(facts.reader()));
        out.append("\n    purpose: ").append(Printable.of(facts.purpose()));
        out.append("\n    ledger ")
                .append(Printable.of(facts.origin()))
                .append(", ")
                .append(facts.checkpointSize());
        out.append(" entries at the checkpoint\n");
        if (facts.from() < facts.to()) {
            out.append("    places ")
                    .append(new PackFacts.Range(facts.from(), facts.to() - 1))
                    .append(" examined: ");
            out.append(facts.entries()).append(" selected, ").append(places(facts.notSelected()));
            out.append(" not selected\n");
        }
        if (facts.bodiesLeftOut().count() > 0) {
            out.append("    the record itself is left out, and only its entry here, at ");
            out.append(places(facts.bodiesLeftOut())).append(" of the selected places\n");
        }
        PackFacts.Fields fields = facts.fields();
        if (fields.present() + fields.withheld() + fields.erased() > 0) {
            out.append("    protected fields: ").append(fields.present()).append(" shown and proven, ");
            out.append(fields.withheld())
                    .append(" withheld, ")
                    .append(fields.erased())
                    .append(" erased\n");
        }
        PackFacts.Objects objects = facts.objects();
        if (objects.present() + objects.notHere() > 0) {
            out.append("    references to large values: ").append(objects.present());
            out.append(" to values that are here, ").append(objects.notHere()).append(" to others\n");
        }
        PackFacts.Batches batches = facts.batches();
        if (batches.signed() + batches.notHere() > 0) {
            out.append("    records of devices: ").append(batches.signed());
            out.append(" in batches that are here under their devices' signatures, ");
            out.append(batches.notHere()).append(" in others\n");
        }
        facts.policiesNotHere().forEach(policy -> out.append("    the policy ")
                .append(policy)
                .append(" that some records name is not in the pack\n"));
        out.append("\n  Not evidence, but the word of whoever signed the pack:\n");
        facts.unproven()
                .forEach(what -> out.append("    ").append(Printable.of(what)).append('\n'));
    }

    private static String places(PackFacts.Places places) {
        String shown = places.ranges().stream()
                .limit(MOST_RANGES_SHOWN)
                .map(PackFacts.Range::toString)
                .collect(Collectors.joining(", "));
        boolean more = places.more() || places.ranges().size() > MOST_RANGES_SHOWN;
        return places.count() + (places.count() == 0 ? "" : " (" + shown + (more ? ", …)" : ")"));
    }

    private static String conclusion(Ladder ladder) {
        return switch (ladder.exitCode()) {
            case 0 -> "Verified: this is what the ledger took in, signed by those whom you trust.";
            case 3 ->
                "Consistent with itself; signer not trusted. Anybody could have made such a pack: verify again with "
                        + "--trust and the trust file of the installation.";
            default -> "FAILED: do not rely on this pack.";
        };
    }

    static String json(Ladder ladder) {
        CanonicalWriter out = new CanonicalWriter();
        PackFacts facts = ladder.facts();
        out.beginObject();
        out.name("exitCode").integer(ladder.exitCode());
        out.name("facts");
        facts(out, facts);
        out.name("failure");
        if (ladder.failure().isEmpty()) {
            out.nul();
        } else {
            Failure failure = ladder.failure().get();
            out.beginObject();
            out.name("expected").string(failure.expected());
            out.name("file");
            if (failure.file() == null) {
                out.nul();
            } else {
                out.string(failure.file());
            }
            out.name("fork").bool(failure.fork());
            out.name("found").string(failure.found());
            out.name("place");
            if (failure.place() == null) {
                out.nul();
            } else {
                out.integer(failure.place());
            }
            out.endObject();
        }
        out.name("findings").beginArray();
        for (Finding finding : ladder.findings()) {
            out.beginObject();
            out.name("demanded").bool(finding.demanded());
            out.name("held").bool(finding.held());
            out.name("kind").string(finding.kind().name());
            out.name("text").string(finding.text()).endObject();
        }
        out.endArray();
        out.name("ladder").beginArray();
        for (Verdict verdict : ladder.verdicts()) {
            out.beginObject();
            out.name("outcome").string(verdict.outcome().name().toLowerCase(Locale.ROOT));
            out.name("reason").string(verdict.reason());
            out.name("rung").string(verdict.rung().name()).endObject();
        }
        out.endArray();
        out.name("signerTrusted").bool(ladder.signerTrusted());
        out.name("verified").bool(ladder.exitCode() == 0).endObject();
        return new String(out.toBytes(), StandardCharsets.UTF_8);
    }

    private static void facts(CanonicalWriter out, PackFacts facts) {
        out.beginObject();
        out.name("batches").beginObject();
        out.name("notHere").integer(facts.batches().notHere());
        out.name("signed").integer(facts.batches().signed()).endObject();
        places(out.name("bodiesLeftOut"), facts.bodiesLeftOut());
        out.name("checkpointSize").integer(facts.checkpointSize());
        out.name("createdAt").string(facts.createdAt());
        out.name("entries").integer(facts.entries());
        out.name("fields").beginObject();
        out.name("erased").integer(facts.fields().erased());
        out.name("present").integer(facts.fields().present());
        out.name("withheld").integer(facts.fields().withheld()).endObject();
        out.name("from").integer(facts.from());
        out.name("leaves").integer(facts.leaves());
        places(out.name("notSelected"), facts.notSelected());
        out.name("objects").beginObject();
        out.name("notHere").integer(facts.objects().notHere());
        out.name("present").integer(facts.objects().present()).endObject();
        out.name("origin").string(facts.origin());
        out.name("packageId").string(facts.packId());
        out.name("records").integer(facts.records());
        out.name("tenantId").string(facts.tenant());
        out.name("to").integer(facts.to());
        out.name("unproven").beginArray();
        facts.unproven().forEach(out::string);
        out.endArray().endObject();
    }

    private static void places(CanonicalWriter out, PackFacts.Places places) {
        out.beginObject().name("count").integer(places.count()).name("more").bool(places.more());
        out.name("ranges").beginArray();
        List<PackFacts.Range> ranges = places.ranges();
        ranges.forEach(range -> out.beginObject()
                .name("first")
                .integer(range.first())
                .name("last")
                .integer(range.last())
                .endObject());
        out.endArray().endObject();
    }
}
