package io.strongroom.policies.diff;

import io.strongroom.evidence.field.JsonPointer;
import io.strongroom.policies.Mask;
import io.strongroom.policies.bundle.Bundle.DetectorRule;
import io.strongroom.policies.bundle.Bundle.ExportRule;
import io.strongroom.policies.bundle.Bundle.Use;
import io.strongroom.policies.diff.Change.Area;
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
                kept(label, name, old, made);
                seen(label, stream, name, old, made);
            });
            found(stream).forEach((name, pair) -> seen(label, stream, name, pair.old(), pair.made()));
        });
    }

    // --- Classified and kept

    private void kept(String stream, String field, FieldOutlook old, FieldOutlook made) {
        if (old.classification() != made.classification()) {
            findings.add(
                    Area.CLASSIFICATION,
                    stream,
                    field + " is " + made.classification() + " (before: " + old.classification() + ")");
        }
        boolean hashedOtherwise =
                made.stored() == Stored.HASHED && !made.hashReason().equals(old.hashReason());
        if (hashedOtherwise || old.stored() == Stored.HASHED && made.stored() != Stored.HASHED) {
            findings.add(
                    Area.HASHING,
                    stream,
                    hashedOtherwise
                            ? field + " is kept as a hash that nobody can erase, because: " + made.hashReason()
                            : field + " is no longer kept as a hash; it " + words(made.stored()));
        } else if (old.stored() != made.stored()) {
            findings.add(
                    Area.HANDLING,
                    stream,
                    field + " " + words(made.stored()) + " (before: it " + words(old.stored()) + ")");
        }
        if (old.isFindable() != made.isFindable()) {
            findings.add(
                    Area.HANDLING,
                    stream,
                    field + (made.isFindable() ? " can now be found" : " can no longer be found") + " by its value");
        }
    }

    private static String words(Stored stored) {
        return switch (stored) {
            case CLEAR -> "stands in the record in clear";
            case COMMITTED -> "is kept apart, encrypted";
            case DROPPED -> "is not kept";
            case HASHED -> "is kept as a hash";
        };
    }

    // --- Seen

    private void seen(String label, String stream, String field, FieldOutlook old, FieldOutlook made) {
        for (String role : universe.roles()) {
            if (access.mayRead(false, role, stream) && access.mayRead(true, role, stream)) {
                compare(label, role, field, "", old.mask(Set.of(role), Use.READ), made.mask(Set.of(role), Use.READ));
            }
            Optional<ExportRule> oldRule = access.exportRule(false, role, stream);
            Optional<ExportRule> newRule = access.exportRule(true, role, stream);
            if (oldRule.isPresent() && newRule.isPresent()) {
                compare(
                        label,
                        role,
                        field,
                        " in exports",
                        exported(old, role, oldRule.get()),
                        exported(made, role, newRule.get()));
            }
        }
    }

    private static Mask exported(FieldOutlook outlook, String role, ExportRule rule) {
        return outlook.isExportedBy(rule) ? outlook.mask(Set.of(role), Use.EXPORT) : Mask.OMIT;
    }

    private void compare(String stream, String role, String field, String where, Mask old, Mask made) {
        if (old == made) {
            return;
        }
        String text;
        if (isHidden(made) && !isHidden(old)) {
            text = role + " loses " + field + where;
        } else if (isHidden(old) && !isHidden(made)) {
            text = role + " gains " + field + where + (made == Mask.NONE ? "" : " " + words(made));
        } else {
            text = role + " sees " + field + where + " " + words(made) + " (before: " + words(old) + ")";
        }
        findings.add(Area.VISIBILITY, stream, text);
    }

    private static boolean isHidden(Mask mask) {
        return mask == Mask.OMIT || mask == Mask.REDACT;
    }

    private static String words(Mask mask) {
        return switch (mask) {
            case NONE -> "in clear";
            case YEAR -> "as its year";
            case LAST4 -> "as its last four characters";
            case HASH -> "as a hash";
            case REDACT -> "as [REDACTED]";
            case OMIT -> "as hidden";
        };
    }

    // --- What detectors find in fields that no rule names

    private record Pair(FieldOutlook old, FieldOutlook made) {}

    private Map<String, Pair> found(String stream) {
        JsonPointer unlisted = universe.fields().get(Universe.OTHER_FIELDS);
        Map<String, Pair> found = new LinkedHashMap<>();
        if (unlisted == null) {
            return found;
        }
        for (CompiledPolicy policy : new CompiledPolicy[] {before, after}) {
            for (DetectorRule rule : policy.source().classification().detectors()) {
                String kind = rule.kind() == null ? "" : " " + rule.kind().text();
                found.put(
                        "what is found to be " + rule.classification() + kind,
                        new Pair(
                                before.outlook(stream, unlisted).found(rule.classification(), rule.kind()),
                                after.outlook(stream, unlisted).found(rule.classification(), rule.kind())));
            }
        }
        return found;
    }
}
