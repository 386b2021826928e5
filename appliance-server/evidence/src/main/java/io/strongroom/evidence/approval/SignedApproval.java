package io.strongroom.evidence.approval;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.dsse.DsseEnvelope;
import io.strongroom.evidence.dsse.InTotoStatement;
import io.strongroom.evidence.json.JsonException;
import io.strongroom.evidence.key.SigningKey;
import java.util.Arrays;
import java.util.List;

/** An approval in its DSSE envelope. That it parses says nothing about its signature: see {@link #judge}. */
public final class SignedApproval {
    /** Longest envelope, in bytes. */
    public static final int MAX_BYTES = 16 * 1024;

    private final Approval approval;
    private final DsseEnvelope envelope;

    private SignedApproval(Approval approval, DsseEnvelope envelope) {
        this.approval = approval;
        this.envelope = envelope;
    }

    /**
     * Signs.
     *
     * @param key the officer's, Ed25519
     */
    public static SignedApproval sign(Approval approval, SigningKey key) {
        Officer officer = new Officer(approval.officer(), key.verifyingKey());
        DsseEnvelope envelope = DsseEnvelope.sign(InTotoStatement.PAYLOAD_TYPE, approval.statement(), List.of(key));
        SignedApproval signed = new SignedApproval(approval, envelope);
        if (!signed.isSignedBy(officer)) {
            throw new IllegalStateException("the private key does not belong to the public one");
        }
        return signed;
    }

    /**
     * Reads an envelope: canonical JSON with one signature, which names its key.
     *
     * @throws JsonException if it is not exactly that around an approval; what is wrong with the statement is pointed
     *     at as if it stood in the envelope's payload as JSON
     */
    public static SignedApproval parse(byte[] json) {
        if (json.length > MAX_BYTES) {
            throw new JsonException("an approval has at most " + MAX_BYTES + " bytes", 0, "");
        }
        DsseEnvelope envelope = DsseEnvelope.parse(json);
        if (!envelope.payloadType().equals(InTotoStatement.PAYLOAD_TYPE)) {
            throw new JsonException("the payload's type is " + InTotoStatement.PAYLOAD_TYPE, 0, "/payloadType");
        }
        if (envelope.signatures().size() != 1) {
            throw new JsonException("an approval has one signature", 0, "/signatures");
        }
        if (envelope.signatures().getFirst().keyId() == null) {
            throw new JsonException("the member keyid is missing", 0, "/signatures/0/keyid");
        }
        if (!Arrays.equals(json, envelope.toJson())) {
            throw new JsonException("the envelope is not canonical JSON", 0, "");
        }
        return new SignedApproval(statement(envelope.payload()), envelope);
    }

    private static Approval statement(byte[] payload) {
        try {
            return Approval.parse(payload);
        } catch (JsonException e) {
            throw new JsonException(e.reason(), e.position(), "/payload" + e.pointer());
        }
    }

    /** What it says; not proven until it is judged. */
    public Approval approval() {
        return approval;
    }

    /** The envelope as canonical JSON. */
    public byte[] toJson() {
        return envelope.toJson();
    }

    /** Names it: the SHA-256 of the envelope. */
    public Digest digest() {
        return Digest.of(toJson());
    }

    /**
     * Whether it counts.
     *
     * @param officer whom it names, with the key that they had then
     * @param expected the change that is to be approved
     * @param time when it must count, in milliseconds since 1970: that of the activation
     */
    public ApprovalVerdict judge(Officer officer, PolicyChange expected, long time) {
        PolicyChange said = approval.change();
        if (!isSignedBy(officer)) {
            return new ApprovalVerdict.WrongKey(officer.id(), officer.key().id());
        } else if (!said.origin().equals(expected.origin())) {
            return new ApprovalVerdict.OtherOrigin(expected.origin(), said.origin());
        } else if (!said.proposal().equals(expected.proposal())) {
            return new ApprovalVerdict.OtherProposal(expected.proposal(), said.proposal());
        } else if (!said.bundle().equals(expected.bundle())) {
            return new ApprovalVerdict.OtherBundle(expected.bundle(), said.bundle());
        } else if (!said.commit().equals(expected.commit())) {
            return new ApprovalVerdict.OtherCommit(expected.commit(), said.commit());
        } else if (!said.baseBundle().equals(expected.baseBundle())) {
            return new ApprovalVerdict.OtherBase(expected.baseBundle(), said.baseBundle());
        } else if (!said.requester().equals(expected.requester())) {
            return new ApprovalVerdict.OtherRequester(expected.requester(), said.requester());
        } else if (approval.decision() != Decision.APPROVE) {
            return new ApprovalVerdict.NotApproved(approval.decision());
        } else if (time < approval.at()) {
            return new ApprovalVerdict.NotYetValid(approval.at(), time);
        } else if (time >= approval.expires()) {
            return new ApprovalVerdict.Expired(approval.expires(), time);
        }
        return new ApprovalVerdict.Counts(approval, officer);
    }

    private boolean isSignedBy(Officer officer) {
        String keyId = envelope.signatures().getFirst().keyId();
        return approval.officer().equals(officer.id())
                && officer.key().id().toString().equals(keyId)
                && !envelope.verifiedBy(List.of(officer.key())).isEmpty();
    }
}
