package io.strongroom.server.policy;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.GitCommit;

/**
 * A bundle that somebody wants to be in force.
 *
 * @param name the branch, such as {@code proposals/mask-email}; never used again
 * @param author who pushed the branch, and is its only one to push
 * @param title what it is about, in a line; empty while it is a draft
 * @param commit the branch's head
 * @param bundle digest of the bundle in that commit
 * @param createdAt epoch milliseconds
 * @param changedAt of the last push or change of state; epoch milliseconds
 */
record Proposal(
        String name,
        String author,
        String title,
        GitCommit commit,
        Digest bundle,
        ProposalState state,
        long createdAt,
        long changedAt) {}
