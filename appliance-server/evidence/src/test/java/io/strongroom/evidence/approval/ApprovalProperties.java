package io.strongroom.evidence.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.GitCommit;
import io.strongroom.evidence.approval.ApprovalVerdict.Counts;
import io.strongroom.evidence.dsse.DsseEnvelope;
import io.strongroom.evidence.dsse.InTotoStatement;
import io.strongroom.evidence.json.JsonException;
import io.strongroom.evidence.key.SigningAlgorithm;
import io.strongroom.evidence.key.SigningKey;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

/** An approval is of one change, by one officer, for a while; nothing else can be made of its bytes. */
class ApprovalProperties {
    private static final long WEEK = Approval.LONGEST.toMillis();
    private static final byte[] JSON =
            SignedApproval.sign(Approvals.byAnn(), Approvals.ANN_KEY).toJson();

    private static boolean counts(byte[] json, PolicyChange expected, long time) {
        try {
            return SignedApproval.parse(json).judge(Approvals.ANN, expected, time) instanceof Counts;
        } catch (JsonException refused) {
            return false;
        }
    }

    @Property(tries = 3000)
    void aChangedByteIsRefused(
            @ForAll @IntRange(max = 10_000_000) int at, @ForAll @IntRange(min = 1, max = 255) int with) {
        byte[] changed = JSON.clone();
        changed[at % changed.length] ^= (byte) with;
        assertThat(counts(JSON, Approvals.CHANGE, Approvals.AT)).isTrue();
        assertThat(counts(changed, Approvals.CHANGE, Approvals.AT)).isFalse();
    }

    @Property(tries = 1000)
    void aStatementThatIsTakenHasOneFormAlone(
            @ForAll @IntRange(max = 10_000_000) int at, @ForAll @IntRange(min = 1, max = 255) int with) {
        byte[] statement = Approvals.byAnn().statement();
        statement[at % statement.length] ^= (byte) with;
        byte[] json = DsseEnvelope.sign(InTotoStatement.PAYLOAD_TYPE, statement, List.of(Approvals.ANN_KEY))
                .toJson();
        // Another time, nonce or role may come out: then it is another approval, and says so.
        try {
            assertThat(SignedApproval.parse(json).approval().statement()).isEqualTo(statement);
        } catch (JsonException refused) {
            assertThat(refused.reason()).isNotEmpty();
        }
    }

    @Property(tries = 500)
    void truncatedOrLengthenedBytesAreRefused(@ForAll @IntRange(min = 1, max = 10_000_000) int cut) {
        byte[] shorter = Arrays.copyOf(JSON, JSON.length - 1 - cut % (JSON.length - 1));
        byte[] longer = Arrays.copyOf(JSON, JSON.length + 1 + cut % 100);
        assertThat(counts(shorter, Approvals.CHANGE, Approvals.AT)).isFalse();
        assertThat(counts(longer, Approvals.CHANGE, Approvals.AT)).isFalse();
    }

    @Property(tries = 200)
    void itCannotBeReplayedForAnotherBaseBundleOrCommit(
            @ForAll @Size(20) byte[] commit, @ForAll @Size(4) byte[] bundle, @ForAll @IntRange(max = 2) int which) {
        PolicyChange c = Approvals.CHANGE;
        Digest digest = Digest.of(bundle);
        PolicyChange other =
                switch (which) {
                    case 0 -> new PolicyChange(c.origin(), c.proposal(), c.bundle(), c.commit(), digest, c.requester());
                    case 1 ->
                        new PolicyChange(c.origin(), c.proposal(), digest, c.commit(), c.baseBundle(), c.requester());
                    default ->
                        new PolicyChange(
                                c.origin(),
                                c.proposal(),
                                c.bundle(),
                                new GitCommit(Digest.of(commit).hex().substring(0, 40)),
                                c.baseBundle(),
                                c.requester());
                };
        assertThat(counts(JSON, other, Approvals.AT)).isFalse();
    }

    @Property(tries = 300)
    void everyApprovalComesBackFromItsBytes(
            @ForAll @CharRange(from = '!', to = '~') @StringLength(min = 1, max = 128) String officer,
            @ForAll @CharRange(from = '!', to = '~') @StringLength(min = 1, max = 200) String proposal,
            @ForAll @LongRange(min = 0, max = 200_000_000_000_000L) long at,
            @ForAll @LongRange(min = 1, max = 7 * 86_400_000L) long lasts,
            @ForAll Decision decision) {
        PolicyChange c = Approvals.CHANGE;
        Approval approval = new Approval(
                new PolicyChange(c.origin(), proposal, c.bundle(), c.commit(), c.baseBundle(), c.requester()),
                decision,
                new PersonId(officer),
                "Audit.Admin",
                at,
                at + lasts,
                Approval.nonce(new Random(at)));
        assertThat(Approval.parse(approval.statement())).isEqualTo(approval);
    }

    @Property(tries = 500)
    void itCountsExactlyFromWhenItWasGivenUntilItExpires(@ForAll @LongRange(min = -20, max = 20) long quarters) {
        long time = Approvals.AT + quarters * WEEK / 4;
        assertThat(counts(JSON, Approvals.CHANGE, time)).isEqualTo(quarters >= 0 && quarters < 4);
    }

    @Property(tries = 1000)
    void twoSufficeExactlyIfTheyAreTwoOfficersInTwoRolesAndNeitherAskedForTheChange(
            @ForAll @IntRange(max = 2) int officer,
            @ForAll @IntRange(max = 2) int otherOfficer,
            @ForAll @IntRange(max = 1) int role,
            @ForAll @IntRange(max = 1) int otherRole,
            @ForAll @IntRange(max = 2) int key,
            @ForAll @IntRange(max = 2) int otherKey,
            @ForAll boolean sameChange) {
        Counts one = counted(officer, role, key, Approvals.CHANGE);
        PolicyChange c = Approvals.CHANGE;
        Counts other = counted(
                otherOfficer,
                otherRole,
                otherKey,
                sameChange
                        ? c
                        : new PolicyChange(
                                c.origin(), c.proposal(), c.bundle(), c.commit(), c.bundle(), c.requester()));
        boolean two = officer != otherOfficer && officer != 2 && otherOfficer != 2 && key != otherKey;
        boolean suffice = two && role != otherRole && sameChange;
        assertThat(PairVerdict.of(one, other) instanceof PairVerdict.Approved).isEqualTo(suffice);
        assertThat(PairVerdict.of(other, one) instanceof PairVerdict.Approved).isEqualTo(suffice);
    }

    /** The third person is the requester; names come back in other case, which changes nobody. */
    private static Counts counted(int person, int role, int key, PolicyChange change) {
        PersonId id = List.of(
                        new PersonId("Ann@Example.com"),
                        new PersonId("ben@example.com"),
                        new PersonId("RITA@example.com"))
                .get(person);
        var keys = List.of(
                Approvals.ANN.key(),
                Approvals.BEN.key(),
                SigningKey.ofSeed(SigningAlgorithm.ED25519, new byte[32]).verifyingKey());
        return new Counts(
                Approvals.by(
                        id, List.of("Security.Admin", "Compliance.Reviewer").get(role), change),
                new Officer(id, keys.get(key)));
    }
}
