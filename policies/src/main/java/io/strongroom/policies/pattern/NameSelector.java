package io.strongroom.policies.pattern;

import java.util.Collection;
import java.util.List;

/**
 * Selects streams, roles, operations or actions by name; all of them if it has no pattern.
 *
 * @param globs any of which must match
 * @param except none of which may
 */
public record NameSelector(List<Glob> globs, List<Glob> except) {
    public NameSelector {
        globs = List.copyOf(globs);
        except = List.copyOf(except);
    }

    /** A selector of names in which a star stands for any characters. */
    public static NameSelector of(Collection<String> patterns, Collection<String> except) {
        return new NameSelector(
                patterns.stream().map(Glob::new).toList(),
                except.stream().map(Glob::new).toList());
    }

    /** Whether it selects every name. */
    public boolean isAll() {
        return globs.isEmpty() && except.isEmpty();
    }

    /** Whether it selects {@code name}. */
    public boolean selects(String name) {
        return (globs.isEmpty() || anyOf(globs, name)) && !anyOf(except, name);
    }

    private static boolean anyOf(List<Glob> globs, String name) {
        for (Glob glob : globs) {
            if (glob.matches(name)) {
                return true;
            }
        }
        return false;
    }

    /** Whether it selects one of {@code names}. */
    public boolean selectsAny(Collection<String> names) {
        for (String name : names) {
            if (selects(name)) {
                return true;
            }
        }
        return false;
    }

    /** The patterns, for people. */
    @Override
    public String toString() {
        return globs.isEmpty()
                ? "*"
                : String.join(", ", globs.stream().map(Glob::text).toList());
    }
}
