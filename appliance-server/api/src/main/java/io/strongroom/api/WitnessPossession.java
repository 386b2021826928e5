package io.strongroom.api;

import io.strongroom.evidence.dsse.DsseEnvelope;
import io.strongroom.evidence.json.CanonicalWriter;
import io.strongroom.evidence.key.SigningKey;
import io.strongroom.evidence.key.VerifyingKey;

/**
 * What a device signs with its witness key to show that it has it: that it is to be this device's, at this appliance. Sent
 * over a connection with the device's certificate, which shows that the device has the other key, too. Signed as DSSE
 * signs, under a type of its own, so that no other signature of the key can be taken for it.
 *
 * @param origin the log's origin of the appliance
 * @param device whose key it becomes
 */
public record WitnessPossession(String origin, String device) {
    /** The payload type that is signed. */
    public static final String TYPE = "application/vnd.strongroom.witness-key.v1+json";

    /** The signature of the witness key. */
    public byte[] sign(SigningKey key) {
        return key.sign(signed(key.verifyingKey()));
    }

    /** Whether the signature is the key's. */
    public boolean verify(VerifyingKey key, byte[] signature) {
        return key.verify(signed(key), signature);
    }

    private byte[] signed(VerifyingKey key) {
        CanonicalWriter statement = new CanonicalWriter();
        statement.beginObject().name("device").string(device);
        statement.name("key").string(key.id().toString());
        statement.name("origin").string(origin).endObject();
        return DsseEnvelope.pae(TYPE, statement.toBytes());
    }
}
