package io.strongroom.server.policy.repository;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.GitCommit;
import java.util.Optional;

/** Who may push which branch, and who has to know of it. */
public interface Proposing {

    /**
     * Why a branch may not be pushed by somebody, in a sentence.
     *
     * @param branch without {@code refs/heads/}, as {@code proposals/mask-email}
     * @return empty if it may
     */
    Optional<String> refusal(Actor actor, String branch);

    /** Takes note of a push that was found good, before its branch moves. Durable when this returns. */
    void pushed(Actor actor, String branch, GitCommit commit, Digest bundle);

    /**
     * Takes note of one that was refused.
     *
     * @param branch as it was sent, fit for a record
     * @param reason with file and line, where it has them
     */
    void refused(Actor actor, String branch, String reason);
}
