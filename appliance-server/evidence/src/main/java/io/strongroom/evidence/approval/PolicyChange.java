package io.strongroom.evidence.approval;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.GitCommit;
import io.strongroom.evidence.Origin;

/**
 * Exactly what is to be approved: that on one installation one bundle follows another. A change of any part is another
 * change, and needs approvals of its own.
 *
 * @param origin the log of the installation
 * @param proposal its name there, such as the branch: 1–200 printable characters of ASCII without a space
 * @param bundle digest of the bundle that is proposed
 * @param commit the commit that holds it
 * @param baseBundle digest of the bundle that must be in force until then
 * @param requester who asks for it
 */
public record PolicyChange(
        Origin origin, String proposal, Digest bundle, GitCommit commit, Digest baseBundle, PersonId requester) {
    /**
     * @throws IllegalArgumentException if the proposal's name breaks the rule
     */
    public PolicyChange {
        requireProposal(proposal);
    }

    static String requireProposal(String proposal) {
        if (!proposal.matches("[!-~]{1,200}")) {
            throw new IllegalArgumentException("a proposal is named by 1 to 200 characters from ! to ~");
        }
        return proposal;
    }
}
