package io.strongroom.evidence;

/**
 * A git commit by its object name: 40 lower-case hex digits of SHA-1. It stands beside a bundle's digest and never in
 * place of it.
 *
 * @param hex the object name
 */
public record GitCommit(String hex) {
    /**
     * @throws IllegalArgumentException if it has another form; an abbreviation is none
     */
    public GitCommit {
        if (!hex.matches("[0-9a-f]{40}")) {
            throw new IllegalArgumentException("a git commit has 40 lower-case hex digits: " + NameRule.shown(hex));
        }
    }

    @Override
    public String toString() {
        return hex;
    }
}
