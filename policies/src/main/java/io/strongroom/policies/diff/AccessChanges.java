package io.strongroom.policies.diff;

import io.strongroom.policies.Operations;
import io.strongroom.policies.bundle.Bundle;
import io.strongroom.policies.bundle.Bundle.AccessRule;
import io.strongroom.policies.bundle.Bundle.ExportRule;
import io.strongroom.policies.condition.Condition;
import io.strongroom.policies.diff.Change.Area;
import io.strongroom.policies.diff.Phrase.Kind;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Who may do and take out what they could not, or no longer. */
final class AccessChanges {
    private static final Phrase ALWAYS = Phrase.of(Kind.ALWAYS);

    private final Universe universe;
    private final Bundle before;
    private final Bundle after;
    private final Findings findings;

    AccessChanges(Universe universe, Bundle before, Bundle after, Findings findings) {
        this.universe = universe;
        this.before = before;
        this.after = after;
        this.findings = findings;
    }

    void find() {
        for (String role : universe.roles()) {
            for (String operation : new TreeSet<>(Operations.ALL)) {
                if (operation.equals(Operations.READ_RECORDS)) {
                    universe.streams()
                            .forEach((label, stream) -> compare(
                                    Area.ACCESS,
                                    role,
                                    Phrase.name(operation),
                                    label,
                                    access(before, role, operation, stream),
                                    access(after, role, operation, stream)));
                } else {
                    compare(
                            Area.ACCESS,
                            role,
                            Phrase.name(operation),
                            null,
                            access(before, role, operation, ""),
                            access(after, role, operation, ""));
                }
            }
            universe.streams()
                    .forEach((label, stream) -> compare(
                            Area.EXPORT,
                            role,
                            Phrase.of(Kind.EXPORT),
                            label,
                            exports(before, role, stream),
                            exports(after, role, stream)));
        }
    }

    /** @param old how it might be done, empty for not at all; {@code made} likewise how it may be now */
    private void compare(
            Area area, String role, Phrase what, @Nullable String stream, Optional<Phrase> old, Optional<Phrase> made) {
        if (old.equals(made)) {
            return;
        }
        Phrase change = change(Phrase.name(role), what, old, made);
        if (stream == null) {
            findings.add(area, change);
        } else {
            findings.add(area, stream, change);
        }
    }

    private static Phrase change(Phrase role, Phrase what, Optional<Phrase> old, Optional<Phrase> made) {
        if (made.isEmpty()) {
            return Phrase.of(Kind.MAY_NO_LONGER, role, what);
        } else if (old.isPresent()) {
            return Phrase.of(Kind.MAY_SO, role, what, made.get(), old.get());
        }
        return made.get().equals(ALWAYS)
                ? Phrase.of(Kind.MAY_NOW, role, what)
                : Phrase.of(Kind.MAY_NOW_SO, role, what, made.get());
    }

    /** Whether the role may read the stream, under whatever condition. */
    boolean mayRead(boolean afterwards, String role, String stream) {
        return access(afterwards ? after : before, role, Operations.READ_RECORDS, stream)
                .isPresent();
    }

    /** The first rule that would let the role take the stream out. */
    Optional<ExportRule> exportRule(boolean afterwards, String role, String stream) {
        return exportRules(afterwards ? after : before, role, stream).stream().findFirst();
    }

    // --- What the rules for somebody come to, in phrases that are equal if they mean the same; none if they allow
    // nothing

    private static Optional<Phrase> access(Bundle bundle, String role, String operation, String stream) {
        Set<Phrase> ways = new LinkedHashSet<>();
        for (AccessRule rule : bundle.access()) {
            boolean about = rule.roles().selects(role)
                    && rule.operations().selects(operation)
                    && (stream.isEmpty() || rule.streams().selects(stream));
            if (about && !ways.contains(ALWAYS)) {
                ways.add(way(rule.purposeRequired(), rule.when()));
            }
        }
        return oneOf(ways);
    }

    private static Optional<Phrase> exports(Bundle bundle, String role, String stream) {
        Set<Phrase> ways = new LinkedHashSet<>();
        for (ExportRule rule : exportRules(bundle, role, stream)) {
            Phrase formats = Phrase.names(Kind.ONE_OF, new TreeSet<>(rule.formats()));
            ways.add(Phrase.of(Kind.AS_FORMAT, formats, way(rule.purposeRequired(), rule.when())));
        }
        return oneOf(ways);
    }

    private static List<ExportRule> exportRules(Bundle bundle, String role, String stream) {
        return bundle.exports().stream()
                .filter(rule -> rule.roles().selects(role) && rule.streams().selects(stream))
                .toList();
    }

    private static Phrase way(boolean purpose, @Nullable Condition when) {
        if (when == null) {
            return purpose ? Phrase.of(Kind.WITH_PURPOSE) : ALWAYS;
        }
        return Phrase.of(purpose ? Kind.WITH_PURPOSE_WHEN : Kind.WHEN, Phrase.name(when));
    }

    private static Optional<Phrase> oneOf(Set<Phrase> ways) {
        if (ways.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(ways.contains(ALWAYS) ? ALWAYS : Phrase.joined(Kind.OR_ELSE, ways));
    }
}
