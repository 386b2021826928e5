package io.strongroom.server.policy;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.approval.Decision;
import io.strongroom.evidence.approval.Officer;
import io.strongroom.evidence.approval.SignedApproval;

/**
 * An approval or a rejection as it was taken.
 *
 * @param officer who signed it, with the key that they did it with
 * @param receivedAt epoch milliseconds
 * @param withdrawn whether they took it back
 */
record GivenApproval(SignedApproval signed, Officer officer, long receivedAt, boolean withdrawn) {

    /** Names it: the SHA-256 of its envelope. */
    Digest digest() {
        return signed.digest();
    }

    boolean isRejection() {
        return signed.approval().decision() == Decision.REJECT;
    }
}
