package io.strongroom.evidence.pack.verify;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Something found beside the ladder.
 *
 * @param held whether it is so
 * @param demanded whether the trust file demands it; then a pack without it fails
 * @param remarks what there is to say of it
 */
public record Finding(Kind kind, boolean held, boolean demanded, List<Remark> remarks) {
    public enum Kind {
        /** Others have seen the same checkpoint. */
        WITNESSED,
        /** An authority, and not only the log's own clock, says when. */
        TIMED,
        /** Two officers in two roles approved each policy that decided over an entry. */
        APPROVED
    }

    public Finding {
        remarks = List.copyOf(remarks);
    }

    /** What there is to say of it, in English. */
    public String text() {
        return remarks.stream().map(Remark::toString).collect(Collectors.joining(" "));
    }

    /** Whether the pack fails for it. */
    public boolean fails() {
        return demanded && !held;
    }
}
