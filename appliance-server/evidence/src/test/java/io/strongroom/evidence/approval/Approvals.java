package io.strongroom.evidence.approval;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.GitCommit;
import io.strongroom.evidence.Origin;
import io.strongroom.evidence.Rfc3339;
import io.strongroom.evidence.key.SigningAlgorithm;
import io.strongroom.evidence.key.SigningKey;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;

/** Officers with keys of fixed seeds, and approvals of one change. */
final class Approvals {
    static final long AT = Rfc3339.parse("2026-11-21T01:02:03.004Z");
    static final long DAY = Duration.ofDays(1).toMillis();
    static final PolicyChange CHANGE = new PolicyChange(
            new Origin("appliance.example/acme/00c0ffee"),
            "proposals/mask-email",
            Digest.of(new byte[] {1}),
            new GitCommit("0123456789abcdef0123456789abcdef01234567"),
            Digest.of(new byte[] {2}),
            new PersonId("rita@example.com"));
    static final SigningKey ANN_KEY = key(21);
    static final SigningKey BEN_KEY = key(22);
    static final Officer ANN = new Officer(new PersonId("ann@example.com"), ANN_KEY.verifyingKey());
    static final Officer BEN = new Officer(new PersonId("ben@example.com"), BEN_KEY.verifyingKey());

    private Approvals() {}

    private static SigningKey key(int fill) {
        byte[] seed = new byte[SigningAlgorithm.SEED_BYTES];
        Arrays.fill(seed, (byte) fill);
        return SigningKey.ofSeed(SigningAlgorithm.ED25519, seed);
    }

    static Approval byAnn() {
        return by(ANN.id(), "Compliance.Reviewer", CHANGE);
    }

    static Approval byBen() {
        return by(BEN.id(), "Security.Admin", CHANGE);
    }

    static Approval by(PersonId officer, String role, PolicyChange change) {
        return new Approval(
                change,
                Decision.APPROVE,
                officer,
                role,
                AT,
                AT + 7 * DAY,
                Approval.nonce(new Random(officer.hashCode())));
    }
}
