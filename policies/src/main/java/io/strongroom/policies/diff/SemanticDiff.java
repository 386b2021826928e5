package io.strongroom.policies.diff;

import io.strongroom.evidence.json.CanonicalWriter;
import io.strongroom.policies.bundle.Bundle;
import io.strongroom.policies.evaluate.CompiledPolicy;
import java.util.List;
import java.util.Locale;

/**
 * What a bundle decides otherwise than another, for those who approve it. It is made from what both decide, not from how
 * they are written: a rule that was moved or renamed and decides the same is no change.
 *
 * @param changes by area; empty if both decide the same
 */
public record SemanticDiff(List<Change> changes) {
    public SemanticDiff {
        changes = List.copyOf(changes);
    }

    /** Compares two bundles. */
    public static SemanticDiff of(Bundle before, Bundle after) {
        Universe universe = Universe.of(before, after);
        CompiledPolicy old = new CompiledPolicy(before, "");
        CompiledPolicy made = new CompiledPolicy(after, "");
        Findings findings = new Findings(universe.streams().size());
        AccessChanges access = new AccessChanges(universe, before, after, findings);
        access.find();
        new FieldChanges(universe, old, made, access, findings).find();
        new KeepingChanges(universe, old, made, findings).find();
        return new SemanticDiff(findings.changes());
    }

    /** Whether both decide the same. */
    public boolean isEmpty() {
        return changes.isEmpty();
    }

    /** For people: a line for each change. */
    public String toText() {
        if (changes.isEmpty()) {
            return "Both bundles decide the same about every stream, field and role that either names.\n";
        }
        StringBuilder text = new StringBuilder();
        Change.Area area = null;
        for (Change change : changes) {
            if (change.area() != area) {
                area = change.area();
                text.append(area.name().charAt(0))
                        .append(area.name().substring(1).toLowerCase(Locale.ROOT))
                        .append('\n');
            }
            text.append("  ").append(change).append('\n');
        }
        return text.toString();
    }

    /** For programs: canonical JSON. */
    public byte[] toJson() {
        return toJson(false);
    }

    /** The same, in which each change is also {@code told} as a phrase: for whoever tells it in another language. */
    public byte[] toJsonWithPhrases() {
        return toJson(true);
    }

    private byte[] toJson(boolean withPhrases) {
        CanonicalWriter out = new CanonicalWriter();
        out.beginObject().name("changes").beginArray();
        for (Change change : changes) {
            out.beginObject().name("area").string(change.area().name().toLowerCase(Locale.ROOT));
            out.name("sentence").string(change.toString()).name("streams").beginArray();
            change.streams().forEach(out::string);
            out.endArray().name("text").string(change.what().toString());
            if (withPhrases) {
                write(out.name("told"), change.sentence());
            }
            out.endObject();
        }
        return out.endArray().endObject().toBytes();
    }

    /** A name is a string; what is told of other things an array of its kind and of these. */
    private static void write(CanonicalWriter out, Phrase phrase) {
        switch (phrase) {
            case Phrase.Name name -> out.string(name.text());
            case Phrase.Told told -> {
                out.beginArray().string(told.kind().wire());
                told.about().forEach(each -> write(out, each));
                out.endArray();
            }
        }
    }
}
