package io.strongroom.evidence.pack.verify;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.dsse.DsseEnvelope;
import io.strongroom.evidence.dsse.InTotoStatement;
import io.strongroom.evidence.json.CanonicalObject;
import io.strongroom.evidence.json.JsonException;
import io.strongroom.evidence.pack.PackLayout;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@code manifest.dsse.json}: which files there are, with which digests, and what the signature says of the pack.
 *
 * @param subjects digests by path
 */
record SignedManifest(
        DsseEnvelope envelope,
        Map<String, Digest> subjects,
        String packId,
        String tenant,
        String createdAt,
        String origin,
        String root,
        long size) {
    static SignedManifest parse(byte[] bytes) throws RefusedException {
        try {
            DsseEnvelope envelope = DsseEnvelope.parse(bytes);
            if (!envelope.payloadType().equals(InTotoStatement.PAYLOAD_TYPE)) {
                throw new IllegalArgumentException("a payload of the type " + envelope.payloadType());
            }
            InTotoStatement statement = InTotoStatement.parse(envelope.payload());
            if (!statement.predicateType().equals(PackLayout.PREDICATE_TYPE)) {
                throw new IllegalArgumentException("a statement of the type " + statement.predicateType());
            }
            Map<String, Digest> subjects = new LinkedHashMap<>();
            for (InTotoStatement.Subject subject : statement.subjects()) {
                Digest digest = subject.sha256();
                if (digest == null) {
                    throw new IllegalArgumentException("a subject without sha256: " + subject.name());
                }
                subjects.put(subject.name(), digest);
            }
            CanonicalObject predicate = CanonicalObject.ofCanonical(statement.predicate());
            return new SignedManifest(
                    envelope,
                    subjects,
                    predicate.require("packageId").string(),
                    predicate.require("tenantId").string(),
                    predicate.require("createdAt").string(),
                    predicate.require("origin").string(),
                    predicate.require("root").string(),
                    predicate.require("size").integer());
        } catch (JsonException | IllegalArgumentException e) {
            throw new RefusedException(
                    PackLayout.SIGNED_MANIFEST, "a signed manifest of a pack", String.valueOf(e.getMessage()));
        }
    }
}
