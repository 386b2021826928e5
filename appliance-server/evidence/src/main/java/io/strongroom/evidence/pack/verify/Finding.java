package io.strongroom.evidence.pack.verify;

/**
 * Something found beside the ladder.
 *
 * @param held whether it is so
 * @param demanded whether the trust file demands it; then a pack without it fails
 * @param text a sentence for a person
 */
public record Finding(Kind kind, boolean held, boolean demanded, String text) {
    public enum Kind {
        /** Others have seen the same checkpoint. */
        WITNESSED,
        /** An authority, and not only the log's own clock, says when. */
        TIMED,
        /** Two officers in two roles approved each policy that decided over an entry. */
        APPROVED
    }

    /** Whether the pack fails for it. */
    public boolean fails() {
        return demanded && !held;
    }
}
