package io.strongroom.evidence.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.GitCommit;
import io.strongroom.evidence.Origin;
import io.strongroom.evidence.dsse.DsseEnvelope;
import io.strongroom.evidence.dsse.InTotoStatement;
import io.strongroom.evidence.json.JsonException;
import io.strongroom.evidence.key.SigningAlgorithm;
import io.strongroom.evidence.key.SigningKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignedApprovalTest {
    private static final long NOW = Approvals.AT + Approvals.DAY;
    private static final SignedApproval SIGNED = SignedApproval.sign(Approvals.byAnn(), Approvals.ANN_KEY);

    private static ApprovalVerdict judge(Approval approval) {
        return SignedApproval.sign(approval, Approvals.ANN_KEY).judge(Approvals.ANN, Approvals.CHANGE, NOW);
    }

    @Test
    void anApprovalComesBackFromItsEnvelopeAndCounts() {
        SignedApproval again = SignedApproval.parse(SIGNED.toJson());
        assertThat(again.approval()).isEqualTo(Approvals.byAnn());
        assertThat(again.toJson()).isEqualTo(SIGNED.toJson());
        assertThat(again.judge(Approvals.ANN, Approvals.CHANGE, NOW))
                .isEqualTo(new ApprovalVerdict.Counts(Approvals.byAnn(), Approvals.ANN));
    }

    @Test
    void theStatementHasTheMembersOfTheFormatAndNoOther() {
        assertThat(new String(Approvals.byAnn().statement(), StandardCharsets.UTF_8))
                .isEqualTo("""
                        {"_type":"https://in-toto.io/Statement/v1","predicate":{"at":"2026-11-21T01:02:03.004Z",\
                        "baseBundle":"%s","decision":"approve","expires":"2026-11-28T01:02:03.004Z","nonce":"%s",\
                        "officer":"ann@example.com","origin":"appliance.example/acme/00c0ffee",\
                        "proposal":"proposals/mask-email","requester":"rita@example.com","role":"Compliance.Reviewer"},\
                        "predicateType":"urn:strongroom:approval:v1","subject":[{"digest":{"sha256":"%s"},\
                        "name":"bundle"},{"digest":{"gitCommit":"0123456789abcdef0123456789abcdef01234567"},\
                        "name":"gitCommit"}]}""".formatted(
                                Approvals.CHANGE.baseBundle(),
                                Approvals.byAnn().nonce(),
                                Approvals.CHANGE.bundle().hex()));
    }

    @Test
    void anotherKeyOrAnotherOfficersNameDoesNotCount() {
        SignedApproval forged = SignedApproval.sign(Approvals.byAnn(), Approvals.BEN_KEY);
        assertThat(forged.judge(Approvals.ANN, Approvals.CHANGE, NOW)).isInstanceOf(ApprovalVerdict.WrongKey.class);
        assertThat(forged.judge(Approvals.BEN, Approvals.CHANGE, NOW)).isInstanceOf(ApprovalVerdict.WrongKey.class);
        assertThat(SIGNED.judge(Approvals.BEN, Approvals.CHANGE, NOW)).isInstanceOf(ApprovalVerdict.WrongKey.class);
    }

    @Test
    void anApprovalOfAnythingElseDoesNotCount() {
        PolicyChange c = Approvals.CHANGE;
        Digest digest = Digest.of(new byte[] {9});
        Origin origin = new Origin("appliance.example/acme/00000000");
        GitCommit commit = new GitCommit("f".repeat(40));
        PersonId requester = new PersonId("rob@example.com");
        assertThat(SIGNED.judge(
                        Approvals.ANN,
                        new PolicyChange(origin, c.proposal(), c.bundle(), c.commit(), c.baseBundle(), c.requester()),
                        NOW))
                .isEqualTo(new ApprovalVerdict.OtherOrigin(origin, c.origin()));
        assertThat(SIGNED.judge(
                        Approvals.ANN,
                        new PolicyChange(c.origin(), "other", c.bundle(), c.commit(), c.baseBundle(), c.requester()),
                        NOW))
                .isEqualTo(new ApprovalVerdict.OtherProposal("other", c.proposal()));
        assertThat(SIGNED.judge(
                        Approvals.ANN,
                        new PolicyChange(c.origin(), c.proposal(), digest, c.commit(), c.baseBundle(), c.requester()),
                        NOW))
                .isEqualTo(new ApprovalVerdict.OtherBundle(digest, c.bundle()));
        assertThat(SIGNED.judge(
                        Approvals.ANN,
                        new PolicyChange(c.origin(), c.proposal(), c.bundle(), commit, c.baseBundle(), c.requester()),
                        NOW))
                .isEqualTo(new ApprovalVerdict.OtherCommit(commit, c.commit()));
        assertThat(SIGNED.judge(
                        Approvals.ANN,
                        new PolicyChange(c.origin(), c.proposal(), c.bundle(), c.commit(), digest, c.requester()),
                        NOW))
                .isEqualTo(new ApprovalVerdict.OtherBase(digest, c.baseBundle()));
        assertThat(SIGNED.judge(
                        Approvals.ANN,
                        new PolicyChange(c.origin(), c.proposal(), c.bundle(), c.commit(), c.baseBundle(), requester),
                        NOW))
                .isEqualTo(new ApprovalVerdict.OtherRequester(requester, c.requester()));
    }

    @Test
    void anApprovalCountsFromWhenItWasGivenUntilItExpires() {
        Approval approval = Approvals.byAnn();
        assertThat(SIGNED.judge(Approvals.ANN, Approvals.CHANGE, approval.at() - 1))
                .isEqualTo(new ApprovalVerdict.NotYetValid(approval.at(), approval.at() - 1));
        assertThat(SIGNED.judge(Approvals.ANN, Approvals.CHANGE, approval.at()))
                .isInstanceOf(ApprovalVerdict.Counts.class);
        assertThat(SIGNED.judge(Approvals.ANN, Approvals.CHANGE, approval.expires() - 1))
                .isInstanceOf(ApprovalVerdict.Counts.class);
        assertThat(SIGNED.judge(Approvals.ANN, Approvals.CHANGE, approval.expires()))
                .isEqualTo(new ApprovalVerdict.Expired(approval.expires(), approval.expires()));
    }

    @Test
    void aRejectionIsNoApproval() {
        Approval a = Approvals.byAnn();
        assertThat(judge(new Approval(
                        a.change(), Decision.REJECT, a.officer(), a.role(), a.at(), a.expires(), a.nonce())))
                .isEqualTo(new ApprovalVerdict.NotApproved(Decision.REJECT));
    }

    @Test
    void everyReasonSaysWhatItExpectedAndWhatItFound() {
        assertThat(List.<ApprovalVerdict.DoesNotCount>of(
                        new ApprovalVerdict.WrongKey(
                                Approvals.ANN.id(), Approvals.ANN.key().id()),
                        new ApprovalVerdict.OtherProposal("a", "b"),
                        new ApprovalVerdict.NotApproved(Decision.REJECT),
                        new ApprovalVerdict.NotYetValid(2, 1),
                        new ApprovalVerdict.Expired(1, 2)))
                .allSatisfy(
                        verdict -> assertThat(verdict.expected()).isNotEmpty().isNotEqualTo(verdict.found()));
        assertThat(new ApprovalVerdict.Expired(Approvals.AT, Approvals.AT + 1).found())
                .isEqualTo("one that expired at 2026-11-21T01:02:03.004Z");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"nonce\":   | \"nonc\":        | /predicate/nonc",
                "\"role\":    | \"zole\":        | /predicate/role",
                "\"at\":      | \"aa\":\"\",\"at\": | /predicate/aa",
                "\"role\":    | \"role\":\"A\",\"zone\": | /predicate/zone",
                "\"at\":\"2026 | \"at\":\"3026   | /predicate/expires",
                "\"expires\":\"2026-11-28 | \"expires\":\"2026-11-29 | /predicate/expires",
                "\"expires\":\"2026-11-28 | \"expires\":\"2026-11-20 | /predicate/expires",
                "2026-11-28T  | 2026-11-28       | /predicate/expires",
                "\"approve\"  | \"yes\"          | /predicate/decision",
                "\"approve\"  | true             | /predicate/decision",
                "\"ann@example.com\" | \"ann b\" | /predicate/officer",
                "\"Compliance.Reviewer\" | \"\"  | /predicate/role",
                "\"proposals/mask-email\" | \"\" | /predicate/proposal",
                "acme/00c0ffee | acme/00c0 ffee  | /predicate/origin",
                "\"baseBundle\":\"sha256: | \"baseBundle\":\"sha512: | /predicate/baseBundle",
                "approval:v1  | approval:v2      | /predicateType",
                "\"bundle\"}  | \"bundles\"}     | /subject",
                "\"sha256\":\" | \"sha256\":\"0  | /subject/0/digest/sha256",
                "\"gitCommit\":\"01 | \"gitCommit\":\"0 | /subject/1/digest/gitCommit",
                "\"gitCommit\":\" | \"sha1\":\"  | /subject",
                "}]}          | },{\"digest\":{\"a\":\"\"},\"name\":\"c\"}]} | /subject",
                "\"name\":\"bundle\" | \"name\":\"bundle\",\"uri\":\"u\" | ''",
            })
    void aMemberThatIsMissingUnknownOrWrongIsPointedAt(String from, String to, String pointer) {
        String statement = new String(Approvals.byAnn().statement(), StandardCharsets.UTF_8);
        String changed = statement.replace(from, to);
        assertThat(changed).isNotEqualTo(statement);
        assertThatExceptionOfType(JsonException.class)
                .isThrownBy(() -> Approval.parse(changed.getBytes(StandardCharsets.UTF_8)))
                .satisfies(e -> assertThat(e.pointer()).as(e.getMessage()).isEqualTo(pointer));
    }

    @Test
    void whatIsWrongWithTheStatementIsPointedAtInThePayload() {
        byte[] statement = new String(Approvals.byAnn().statement(), StandardCharsets.UTF_8)
                .replace("\"approve\"", "\"yes\"")
                .getBytes(StandardCharsets.UTF_8);
        byte[] envelope = DsseEnvelope.sign(InTotoStatement.PAYLOAD_TYPE, statement, List.of(Approvals.ANN_KEY))
                .toJson();

        assertThatExceptionOfType(JsonException.class)
                .isThrownBy(() -> SignedApproval.parse(envelope))
                .satisfies(e -> assertThat(e.pointer()).isEqualTo("/payload/predicate/decision"));
    }

    @Test
    void onlyOneSignatureThatNamesItsKeyInCanonicalJsonIsTaken() {
        byte[] statement = Approvals.byAnn().statement();
        DsseEnvelope two = DsseEnvelope.sign(
                InTotoStatement.PAYLOAD_TYPE, statement, List.of(Approvals.ANN_KEY, Approvals.BEN_KEY));
        DsseEnvelope nameless = new DsseEnvelope(
                two.payloadType(),
                statement,
                List.of(new DsseEnvelope.Signature(
                        null, two.signatures().getFirst().bytes())));
        DsseEnvelope typed = DsseEnvelope.sign("text/plain", statement, List.of(Approvals.ANN_KEY));
        String json = new String(SIGNED.toJson(), StandardCharsets.UTF_8);
        for (byte[] refused : List.of(
                two.toJson(),
                nameless.toJson(),
                typed.toJson(),
                (json + "\n").getBytes(StandardCharsets.UTF_8),
                (json + " ".repeat(SignedApproval.MAX_BYTES)).getBytes(StandardCharsets.UTF_8))) {
            assertThatExceptionOfType(JsonException.class).isThrownBy(() -> SignedApproval.parse(refused));
        }
    }

    @Test
    void anOfficerSignsWithEd25519() {
        SigningKey other = SigningKey.ofSeed(SigningAlgorithm.ML_DSA_44, new byte[32]);
        assertThatIllegalArgumentException().isThrownBy(() -> SignedApproval.sign(Approvals.byAnn(), other));
    }
}
