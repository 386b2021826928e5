package io.strongroom.server.devices;

import io.strongroom.api.ProblemType;
import io.strongroom.api.WitnessPossession;
import io.strongroom.api.json.Json;
import io.strongroom.api.json.JsonShapeException;
import io.strongroom.evidence.key.SigningAlgorithm;
import io.strongroom.evidence.key.VerifyingKey;
import io.strongroom.server.access.Caller;
import io.strongroom.server.keys.Installation;
import io.strongroom.server.problem.ProblemException;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Set;

/**
 * Binds to a device the Ed25519 key by which it cosigns checkpoints. A stock client has none; an agent binds its own right
 * after it was enrolled, in a call that shows both keys: the connection that of the certificate, a signature this one. A
 * device has one for ever: whoever could change it could let another sign for it.
 */
@Singleton
final class WitnessKeys {
    private final Changes changes;
    private final String origin;

    WitnessKeys(Changes changes, Installation installation) {
        this.changes = changes;
        this.origin = installation.origin().value();
    }

    /** What the device sends. */
    record Shown(VerifyingKey key, byte[] spki, byte[] signature) {
        static final Set<String> MEMBERS = Set.of("publicKey", "signature");
        private static final int MOST_CHARS = 200;

        static Shown fromJson(Json.Obj json) {
            byte[] spki = decoded(json, "publicKey");
            try {
                VerifyingKey key = VerifyingKey.ofSpki(spki);
                if (key.algorithm() == SigningAlgorithm.ED25519) {
                    return new Shown(key, spki, decoded(json, "signature"));
                }
            } catch (IllegalArgumentException e) {
                throw new JsonShapeException("publicKey", "the SubjectPublicKeyInfo of an Ed25519 key in base64");
            }
            throw new JsonShapeException("publicKey", "the SubjectPublicKeyInfo of an Ed25519 key in base64");
        }

        private static byte[] decoded(Json.Obj json, String member) {
            String text = json.text(member);
            if (text.length() > MOST_CHARS) {
                throw new JsonShapeException(member, "base64 of at most " + MOST_CHARS + " characters");
            }
            try {
                return Base64.getDecoder().decode(text);
            } catch (IllegalArgumentException e) {
                throw new JsonShapeException(member, "base64");
            }
        }
    }

    /**
     * Binds it. The same key once more changes nothing.
     *
     * @throws ProblemException {@code schema} if the signature is not the key's, {@code device-conflict} if the device has
     *     another
     */
    void bind(Caller caller, Shown shown) {
        if (!new WitnessPossession(origin, caller.id()).verify(shown.key(), shown.signature())) {
            throw new ProblemException(
                    ProblemType.SCHEMA, "The signature is not that of the key over device, key and origin.");
        }
        var unused = changes.make(change -> {
            DeviceRow device = DeviceRow.find(change.connection(), caller.id()).orElseThrow();
            Admission.requireActive(device.state());
            if (device.witnessKey() != null) {
                if (Arrays.equals(device.witnessKey(), shown.spki())) {
                    return device.id();
                }
                throw new ProblemException(
                        ProblemType.DEVICE_CONFLICT, "The device has another witness key, which it keeps for ever.");
            }
            DeviceRow.bindWitness(change, device.id(), shown.spki());
            changes.record(
                    caller,
                    "Device.WitnessBound",
                    Admission.DEVICE,
                    device.id(),
                    Map.of("key", shown.key().id().toString()));
            return device.id();
        });
    }
}
