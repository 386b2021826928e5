package io.strongroom.server.record;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.RecordId;
import io.strongroom.evidence.json.CanonicalObject;
import io.strongroom.policies.Policy;
import io.strongroom.policies.PolicyDecision;
import io.strongroom.policies.ResidencyDecision;
import io.strongroom.server.keys.RandomBytes;
import io.strongroom.server.privacy.DisclosureSealer;
import io.strongroom.server.privacy.FieldHashes;
import io.strongroom.server.privacy.LineSealer;
import io.strongroom.server.privacy.Sealed;

/**
 * Makes drafts: asks the policy in force, takes out what it drops or commits, gives the record its id, salt and stamps,
 * and its digest. For any number of threads.
 */
public final class RecordFactory {
    private static final byte[] NOTHING = {};

    private final Policy policy;
    private final RecordIds ids;
    private final RandomBytes random;
    private final DisclosureSealer sealer;
    private final LineSealer lines;
    private final FieldHashes hashes;
    private final String region;

    /** The last stamp made; nearly every record needs the same. Races only cost a rendering. */
    private volatile PolicyStamp stamp;

    /** @param region where this installation stands; empty if it does not say */
    public RecordFactory(
            Policy policy,
            RecordIds ids,
            RandomBytes random,
            DisclosureSealer sealer,
            LineSealer lines,
            FieldHashes hashes,
            String region) {
        this.policy = policy;
        this.ids = ids;
        this.random = random;
        this.sealer = sealer;
        this.lines = lines;
        this.stamp = PolicyStamp.of(policy.decide("system.default", new byte[] {'{', '}'}));
        this.hashes = hashes;
        this.region = region;
    }

    /**
     * Makes the draft of a document.
     *
     * <p>Where policy commits fields, or a device sent the document as a line, the key that encrypts these may be new: it is
     * to be stored with the record.
     *
     * @throws RecordRefusedException if policy does not let it in
     * @throws PolicyFaultException if what the policy decides cannot be done; the document must not be stored
     */
    public Draft draft(Document document) {
        PolicyDecision decision = policy.decide(document.stream(), document.canonical());
        requireAdmitted(document, decision);
        if (decision.commitments().isEmpty()
                && decision.dropped().isEmpty()
                && decision.hashed().isEmpty()) {
            return whole(document, decision);
        }
        HiddenFields hidden = HiddenFields.of(document.canonical(), decision, hashes, random);
        RecordId id = ids.next();
        byte[] body = StoredBody.of(
                hidden.reduced(),
                hidden.member(),
                batch(document),
                stamp(decision).member(),
                id,
                random.next(StoredBody.SALT_BYTES));
        Digest digest = Digest.of(body);
        Sealed sealed = sealer.seal(id, digest, hidden.subject(), hidden.byClass(), hidden.findable());
        return draft(document, decision, id, digest, body, withLine(sealed, document, decision, id, digest, body));
    }

    private void requireAdmitted(Document document, PolicyDecision decision) {
        if (decision.refusal().isPresent()) {
            throw new RecordRefusedException(decision.refusal().get());
        }
        ResidencyDecision residency = policy.residency(document.stream(), region);
        if (!residency.allowed()) {
            throw new RecordRefusedException(residency.reason());
        }
    }

    /** The draft of a record of the appliance's own, which policy classifies but never hides anything of. */
    Draft whole(Document document, PolicyDecision decision) {
        RecordId id = ids.next();
        byte[] body = StoredBody.of(
                document.canonical(),
                NOTHING,
                batch(document),
                stamp(decision).member(),
                id,
                random.next(StoredBody.SALT_BYTES));
        Digest digest = Digest.of(body);
        return draft(
                document, decision, id, digest, body, withLine(Sealed.NOTHING, document, decision, id, digest, body));
    }

    private static byte[] batch(Document document) {
        DeviceLine line = document.line();
        return line == null ? NOTHING : line.member();
    }

    /** A device's line is kept beside its record, under the same key, and goes with it. */
    private Sealed withLine(
            Sealed sealed, Document document, PolicyDecision decision, RecordId id, Digest digest, byte[] body) {
        DeviceLine line = document.line();
        if (line == null) {
            return sealed;
        }
        String subject = decision.subject().isEmpty()
                ? null
                : HiddenFields.subject(CanonicalObject.ofCanonical(document.canonical()), decision);
        return sealed.and(lines.sealLine(id, digest, subject, body, line.bytes()));
    }

    private static Draft draft(
            Document document, PolicyDecision decision, RecordId id, Digest digest, byte[] body, Sealed hidden) {
        return new Draft(
                id,
                document.stream(),
                document.source(),
                document.sourceSeq(),
                decision.retention(),
                decision.bundle().digest(),
                digest,
                body,
                document.key(),
                hidden);
    }

    private PolicyStamp stamp(PolicyDecision decision) {
        PolicyStamp last = stamp;
        if (!last.fits(decision)) {
            last = PolicyStamp.of(decision);
            stamp = last;
        }
        return last;
    }
}
