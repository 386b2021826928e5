package io.strongroom.policies.pattern;

import java.util.Collection;
import java.util.List;

/**
 * Selects streams, roles, operations or actions by name; all of them if it has no pattern.
 *
 * @param globs any of which must match
 */
public record NameSelector(List<Glob> globs) {
    /** Selects every name. */
    public static final NameSelector ALL = new NameSelector(List.of());

    public NameSelector {
        globs = List.copyOf(globs);
    }

    /** A selector of names in which a star stands for any characters. */
    public static NameSelector of(Collection<String> patterns) {
        return new NameSelector(patterns.stream().map(Glob::new).toList());
    }

    /** Whether it selects {@code name}. */
    public boolean selects(String name) {
        if (globs.isEmpty()) {
            return true;
        }
        for (Glob glob : globs) {
            if (glob.matches(name)) {
                return true;
            }
        }
        return false;
    }

    /** Whether it selects one of {@code names}. */
    public boolean selectsAny(Collection<String> names) {
        return names.stream().anyMatch(this::selects);
    }

    /** The patterns, for people. */
    @Override
    public String toString() {
        return globs.isEmpty()
                ? "*"
                : String.join(", ", globs.stream().map(Glob::text).toList());
    }
}
