package io.strongroom.server.access;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.approval.Officer;
import io.strongroom.evidence.approval.PersonId;
import io.strongroom.evidence.key.VerifyingKey;
import org.jspecify.annotations.Nullable;

/**
 * A key by which an officer signs, made on their own machine.
 *
 * @param key Ed25519
 * @param enrolledAt since when it counts, epoch milliseconds
 * @param revokedAt since when it counts no more; null while it does
 */
public record OfficerKey(
        PersonId officer,
        VerifyingKey key,
        long enrolledAt,
        @Nullable Long revokedAt) {

    /** How signatures name the key: the SHA-256 of its SubjectPublicKeyInfo. */
    public Digest id() {
        return key.id();
    }

    /** Whether it counted at that time. */
    public boolean countsAt(long time) {
        return enrolledAt <= time && (revokedAt == null || time < revokedAt);
    }

    /** The officer with this key, as approvals are judged by. */
    public Officer asOfficer() {
        return new Officer(officer, key);
    }
}
