package io.strongroom.policies.bundle;

/**
 * Where a rule stands, which is how decisions name it: a commit and this are the rule.
 *
 * @param file the file
 * @param line counted from 1
 * @param name what the rule is called; empty if it has no name
 */
public record RuleId(String file, int line, String name) {

    /** {@code masking.yaml:14}, or {@code masking.yaml:14 (contacts)}. */
    @Override
    public String toString() {
        return file + ":" + line + (name.isEmpty() ? "" : " (" + name + ")");
    }
}
