package io.strongroom.server.access;

import io.strongroom.api.ProblemType;
import io.strongroom.api.json.Json;
import io.strongroom.api.json.JsonShapeException;
import io.strongroom.evidence.Digest;
import io.strongroom.evidence.key.SigningAlgorithm;
import io.strongroom.evidence.key.VerifyingKey;
import io.strongroom.server.problem.ProblemException;
import java.util.Base64;

/** A key that is to be enrolled, with the signature that shows whose it is. */
record KeyDocument(VerifyingKey key, byte[] signature) {
    private static final int MOST_CHARS = 200;

    static KeyDocument fromJson(Json.Obj json) {
        VerifyingKey key;
        try {
            key = VerifyingKey.ofSpki(decoded(json, "publicKey"));
        } catch (IllegalArgumentException e) {
            throw new JsonShapeException("publicKey", "the SubjectPublicKeyInfo of an Ed25519 key in base64");
        }
        if (key.algorithm() != SigningAlgorithm.ED25519) {
            throw new JsonShapeException("publicKey", "the SubjectPublicKeyInfo of an Ed25519 key in base64");
        }
        return new KeyDocument(key, decoded(json, "signature"));
    }

    /** A key's id in a path. */
    static Digest id(String text) {
        try {
            return Digest.parse(text);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(
                    ProblemType.INVALID_PARAMETER, "A key's id is sha256: and 64 lower-case hexadecimal digits.");
        }
    }

    private static byte[] decoded(Json.Obj json, String member) {
        String text = json.text(member);
        try {
            if (text.length() <= MOST_CHARS) {
                return Base64.getDecoder().decode(text);
            }
        } catch (IllegalArgumentException e) {
            throw new JsonShapeException(member, "base64");
        }
        throw new JsonShapeException(member, "base64 of at most " + MOST_CHARS + " characters");
    }
}
