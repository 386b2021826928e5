package io.strongroom.api;

import io.strongroom.evidence.dsse.DsseEnvelope;
import io.strongroom.evidence.json.CanonicalWriter;
import io.strongroom.evidence.key.SigningKey;
import io.strongroom.evidence.key.VerifyingKey;

/**
 * What an officer signs to show that a key is theirs: that it is to be this officer's, at this appliance, now (formats §8).
 * It is signed as DSSE signs, under a type of its own, so that no other signature of the key can be taken for it.
 *
 * @param origin the log's origin of the appliance
 * @param officer whose key it becomes
 * @param challenge what the appliance gave the session
 */
public record KeyPossession(String origin, String officer, String challenge) {
    /** The payload type that is signed. */
    public static final String TYPE = "application/vnd.strongroom.officer-key.v1+json";

    /** The signature of the key's owner. */
    public byte[] sign(SigningKey key) {
        return key.sign(signed(key.verifyingKey()));
    }

    /** Whether the signature is the key's. */
    public boolean verify(VerifyingKey key, byte[] signature) {
        return key.verify(signed(key), signature);
    }

    private byte[] signed(VerifyingKey key) {
        CanonicalWriter statement = new CanonicalWriter();
        statement.beginObject().name("challenge").string(challenge);
        statement.name("key").string(key.id().toString());
        statement.name("officer").string(officer);
        statement.name("origin").string(origin).endObject();
        return DsseEnvelope.pae(TYPE, statement.toBytes());
    }
}
