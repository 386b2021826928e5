package io.strongroom.policies.diff;

import io.strongroom.policies.Operations;
import io.strongroom.policies.bundle.Bundle;
import io.strongroom.policies.bundle.Bundle.AccessRule;
import io.strongroom.policies.bundle.Bundle.ExportRule;
import io.strongroom.policies.condition.Condition;
import io.strongroom.policies.diff.Change.Area;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Who may do and take out what they could not, or no longer. */
final class AccessChanges {
    private static final String DENIED = "";
    private static final String ALWAYS = "always";

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
                                    operation,
                                    label,
                                    access(before, role, operation, stream),
                                    access(after, role, operation, stream)));
                } else {
                    compare(
                            Area.ACCESS,
                            role,
                            operation,
                            null,
                            access(before, role, operation, ""),
                            access(after, role, operation, ""));
                }
            }
            universe.streams()
                    .forEach((label, stream) -> compare(
                            Area.EXPORT,
                            role,
                            "export",
                            label,
                            exports(before, role, stream),
                            exports(after, role, stream)));
        }
    }

    private void compare(Area area, String role, String what, @Nullable String stream, String old, String made) {
        if (old.equals(made)) {
            return;
        }
        String text;
        if (made.equals(DENIED)) {
            text = role + " may no longer " + what;
        } else if (old.equals(DENIED)) {
            text = role + " may now " + what + (made.equals(ALWAYS) ? "" : " " + made);
        } else {
            text = role + " may " + what + " " + made + " (before: " + old + ")";
        }
        if (stream == null) {
            findings.add(area, text);
        } else {
            findings.add(area, stream, text);
        }
    }

    /** Whether the role may read the stream, under whatever condition. */
    boolean mayRead(boolean afterwards, String role, String stream) {
        return !access(afterwards ? after : before, role, Operations.READ_RECORDS, stream)
                .equals(DENIED);
    }

    /** The first rule that would let the role take the stream out. */
    Optional<ExportRule> exportRule(boolean afterwards, String role, String stream) {
        return exportRules(afterwards ? after : before, role, stream).stream().findFirst();
    }

    // --- What the rules for somebody come to, in words that are equal if they mean the same

    private static String access(Bundle bundle, String role, String operation, String stream) {
        Set<String> ways = new LinkedHashSet<>();
        for (AccessRule rule : bundle.access()) {
            boolean about = rule.roles().selects(role)
                    && rule.operations().selects(operation)
                    && (stream.isEmpty() || rule.streams().selects(stream));
            if (about && !ways.contains(ALWAYS)) {
                ways.add(way(rule.purposeRequired(), rule.when()));
            }
        }
        return words(ways);
    }

    private static String exports(Bundle bundle, String role, String stream) {
        Set<String> ways = new LinkedHashSet<>();
        for (ExportRule rule : exportRules(bundle, role, stream)) {
            String formats = String.join(" or ", new TreeSet<>(rule.formats()));
            ways.add("as " + formats + " " + way(rule.purposeRequired(), rule.when()));
        }
        return words(ways);
    }

    private static List<ExportRule> exportRules(Bundle bundle, String role, String stream) {
        return bundle.exports().stream()
                .filter(rule -> rule.roles().selects(role) && rule.streams().selects(stream))
                .toList();
    }

    private static String way(boolean purpose, @Nullable Condition when) {
        if (!purpose && when == null) {
            return ALWAYS;
        }
        return (purpose ? "with a purpose" : "")
                + (purpose && when != null ? " and " : "")
                + (when == null ? "" : "when " + when);
    }

    private static String words(Set<String> ways) {
        return ways.contains(ALWAYS) ? ALWAYS : String.join(", or ", ways);
    }
}
