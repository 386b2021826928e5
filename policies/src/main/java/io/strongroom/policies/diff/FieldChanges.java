package io.strongroom.policies.diff;

import io.strongroom.evidence.field.JsonPointer;
import io.strongroom.policies.Mask;
import io.strongroom.policies.bundle.Bundle.DetectorRule;
import io.strongroom.policies.bundle.Bundle.ExportRule;
import io.strongroom.policies.bundle.Bundle.Use;
import io.strongroom.policies.diff.Change.Area;
import io.strongroom.policies.diff.Phrase.Kind;
import io.strongroom.policies.evaluate.CompiledPolicy;
import io.strongroom.policies.evaluate.FieldOutlook;
import io.strongroom.policies.evaluate.FieldOutlook.Stored;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How fields are classified, kept and seen otherwise: roles × streams × fields. */
final class FieldChanges {
    private final Universe universe;
    private final CompiledPolicy before;
    private final CompiledPolicy after;
    private final AccessChanges access;
    private final Findings findings;

    FieldChanges(
            Universe universe, CompiledPolicy before, CompiledPolicy after, AccessChanges access, Findings findings) {
        this.universe = universe;
        this.before = before;
        this.after = after;
        this.access = access;
        this.findings = findings;
    }

    void find() {
        universe.streams().forEach((label, stream) -> {
            universe.fields().forEach((name, field) -> {
                FieldOutlook old = before.outlook(stream, field);
                FieldOutlook made = after.outlook(stream, field);
                Phrase called = name.equals(Universe.OTHER_FIELDS) ? Phrase.of(Kind.OTHER_FIELDS) : Phrase.name(name);
                kept(label, called, old, made);
                seen(label, stream, called, old, made);
            });
            found(stream).forEach((what, pair) -> seen(label, stream, what, pair.old(), pair.made()));
        });
    }

    // --- Classified and kept

    private void kept(String stream, Phrase field, FieldOutlook old, FieldOutlook made) {
        if (old.classification() != made.classification()) {
            findings.add(
                    Area.CLASSIFICATION,
                    stream,
                    Phrase.of(
                            Kind.CLASSIFIED,
                            field,
                            Phrase.name(made.classification()),
                            Phrase.name(old.classification())));
        }
        boolean hashedOtherwise =
                made.stored() == Stored.HASHED && !made.hashReason().equals(old.hashReason());
        if (hashedOtherwise || old.stored() == Stored.HASHED && made.stored() != Stored.HASHED) {
            findings.add(
                    Area.HASHING,
                    stream,
                    hashedOtherwise
                            ? Phrase.of(Kind.HASHED_FOR_EVER, field, Phrase.name(made.hashReason()))
                            : Phrase.of(Kind.HASHED_NO_LONGER, field, told(made.stored())));
        } else if (old.stored() != made.stored()) {
            findings.add(Area.HANDLING, stream, Phrase.of(Kind.KEPT, field, told(made.stored()), told(old.stored())));
        }
        if (old.isFindable() != made.isFindable()) {
            findings.add(
                    Area.HANDLING,
                    stream,
                    Phrase.of(made.isFindable() ? Kind.FINDABLE : Kind.FINDABLE_NO_LONGER, field));
        }
    }

    private static Phrase told(Stored stored) {
        return Phrase.of(
                switch (stored) {
                    case CLEAR -> Kind.STORED_CLEAR;
                    case COMMITTED -> Kind.STORED_COMMITTED;
                    case DROPPED -> Kind.STORED_DROPPED;
                    case HASHED -> Kind.STORED_HASHED;
                });
    }

    // --- Seen

    private void seen(String label, String stream, Phrase field, FieldOutlook old, FieldOutlook made) {
        for (String role : universe.roles()) {
            if (access.mayRead(false, role, stream) && access.mayRead(true, role, stream)) {
                compare(label, role, field, old.mask(Set.of(role), Use.READ), made.mask(Set.of(role), Use.READ));
            }
            Optional<ExportRule> oldRule = access.exportRule(false, role, stream);
            Optional<ExportRule> newRule = access.exportRule(true, role, stream);
            if (oldRule.isPresent() && newRule.isPresent()) {
                compare(
                        label,
                        role,
                        Phrase.of(Kind.IN_EXPORTS, field),
                        exported(old, role, oldRule.get()),
                        exported(made, role, newRule.get()));
            }
        }
    }

    private static Mask exported(FieldOutlook outlook, String role, ExportRule rule) {
        return outlook.isExportedBy(rule) ? outlook.mask(Set.of(role), Use.EXPORT) : Mask.OMIT;
    }

    private void compare(String stream, String role, Phrase field, Mask old, Mask made) {
        if (old != made) {
            findings.add(Area.VISIBILITY, stream, change(Phrase.name(role), field, old, made));
        }
    }

    private static Phrase change(Phrase role, Phrase field, Mask old, Mask made) {
        if (isHidden(made) && !isHidden(old)) {
            return Phrase.of(Kind.LOSES, role, field);
        } else if (isHidden(old) && !isHidden(made)) {
            return made == Mask.NONE
                    ? Phrase.of(Kind.GAINS, role, field)
                    : Phrase.of(Kind.GAINS_SO, role, field, told(made));
        }
        return Phrase.of(Kind.SEES, role, field, told(made), told(old));
    }

    private static boolean isHidden(Mask mask) {
        return mask == Mask.OMIT || mask == Mask.REDACT;
    }

    private static Phrase told(Mask mask) {
        return Phrase.of(
                switch (mask) {
                    case NONE -> Kind.SEEN_CLEAR;
                    case YEAR -> Kind.SEEN_YEAR;
                    case LAST4 -> Kind.SEEN_LAST4;
                    case HASH -> Kind.SEEN_HASH;
                    case REDACT -> Kind.SEEN_REDACTED;
                    case OMIT -> Kind.SEEN_HIDDEN;
                });
    }

    // --- What detectors find in fields that no rule names

    private record Pair(FieldOutlook old, FieldOutlook made) {}

    private Map<Phrase, Pair> found(String stream) {
        JsonPointer unlisted = universe.fields().get(Universe.OTHER_FIELDS);
        Map<Phrase, Pair> found = new LinkedHashMap<>();
        if (unlisted == null) {
            return found;
        }
        for (CompiledPolicy policy : new CompiledPolicy[] {before, after}) {
            for (DetectorRule rule : policy.source().classification().detectors()) {
                String kind = rule.kind() == null ? "" : " " + rule.kind().text();
                found.put(
                        Phrase.of(Kind.FOUND, Phrase.name(rule.classification() + kind)),
                        new Pair(
                                before.outlook(stream, unlisted).found(rule),
                                after.outlook(stream, unlisted).found(rule)));
            }
        }
        return found;
    }
}
