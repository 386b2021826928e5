package io.strongroom.evidence.pack.verify;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.Rfc3339;
import io.strongroom.evidence.dsse.DsseEnvelope;
import io.strongroom.evidence.dsse.InTotoStatement;
import io.strongroom.evidence.json.CanonicalObject;
import io.strongroom.evidence.json.JsonException;
import io.strongroom.evidence.key.SigningAlgorithm;
import io.strongroom.evidence.key.VerifyingKey;
import io.strongroom.evidence.pack.PackLayout;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
            if (!Arrays.equals(statement.toJson(), envelope.payload())) {
                throw new IllegalArgumentException("a statement that has more than its form");
            }
            if (!statement.predicateType().equals(PackLayout.PREDICATE_TYPE)) {
                throw new IllegalArgumentException("a statement of the type " + statement.predicateType());
            }
            Map<String, Digest> subjects = new LinkedHashMap<>();
            for (InTotoStatement.Subject subject : statement.subjects()) {
                Digest digest = subject.sha256();
                if (digest == null || subject.digest().size() > 1) {
                    throw new IllegalArgumentException("a subject without sha256 alone: " + subject.name());
                }
                subjects.put(subject.name(), digest);
            }
            CanonicalObject predicate = CanonicalObject.ofCanonical(statement.predicate());
            predicate.requireOnly(List.of("createdAt", "origin", "packageId", "root", "size", "tenantId"));
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

    /** What is missing for the rung SIGNED, or does not agree with {@code manifest.json}; null where all is well. */
    @Nullable
    Failure unsigned(PackManifest manifest, Signers signers) {
        String file = PackLayout.SIGNED_MANIFEST;
        long at;
        try {
            at = Rfc3339.parse(createdAt);
        } catch (IllegalArgumentException e) {
            return Failure.of(file, "the time at which the pack was made", createdAt);
        }
        List<VerifyingKey> verified = envelope.verifiedBy(signers.packKeysAt(at));
        for (SigningAlgorithm algorithm : SigningAlgorithm.values()) {
            if (verified.stream().noneMatch(key -> key.algorithm() == algorithm)) {
                boolean expired =
                        envelope.verifiedBy(signers.packKeys()).stream().anyMatch(key -> key.algorithm() == algorithm);
                return Failure.of(
                        file,
                        "a signature with " + algorithm.label() + " by "
                                + (signers.trusted() ? "a pack key of the trust file" : "a key in the pack"),
                        expired
                                ? "one by a key that was not valid when the pack was made, at " + createdAt
                                : "no such signature that verifies");
            }
        }
        if (envelope.signatures().size() != verified.size()) {
            return Failure.of(
                    file,
                    "no signature but that of " + verified.size() + " keys",
                    envelope.signatures().size() + "");
        }
        String said = packId + " " + tenant + " " + createdAt + " " + origin + " " + size + " " + root;
        PackManifest.Head head = manifest.checkpoint();
        String listed = manifest.packId() + " " + manifest.tenant() + " " + manifest.createdAt() + " " + head.origin()
                + " " + head.size() + " " + head.root();
        return said.equals(listed) ? null : Failure.of(PackLayout.MANIFEST, said, listed);
    }
}
