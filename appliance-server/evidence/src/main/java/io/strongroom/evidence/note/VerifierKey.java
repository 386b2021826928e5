package io.strongroom.evidence.note;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.key.VerifyingKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.OptionalLong;

/**
 * A verifier key of C2SP signed-note: a name, a signature type and a public key. Its text form, the vkey, is
 * {@code name+hex(keyId)+base64(type ‖ key)}.
 *
 * @param keyId the first four bytes of {@code SHA-256(name ‖ 0x0A ‖ type ‖ key)}, big-endian
 */
public record VerifierKey(String name, KeyType type, VerifyingKey key, int keyId) {
    public VerifierKey {
        StrictText.keyName(name);
        if (key.algorithm() != type.algorithm()) {
            throw new NoteException("a key of " + key.algorithm().label() + " cannot have signature type " + type);
        }
        if (type == KeyType.ML_DSA_44_COSIGNATURE && name.getBytes(StandardCharsets.UTF_8).length > 255) {
            throw new NoteException("the name of an ML-DSA-44 cosigner has more than 255 bytes");
        }
        if (keyId != keyId(name, type, key)) {
            throw new NoteException("the key id of " + StrictText.abbreviate(name) + " is " + hex(keyId)
                    + ", but name and key give " + hex(keyId(name, type, key)));
        }
    }

    /** The verifier key of a name, type and public key. */
    public static VerifierKey of(String name, KeyType type, VerifyingKey key) {
        return new VerifierKey(name, type, key, keyId(name, type, key));
    }

    /**
     * Reads a vkey, split at its first two plus signs.
     *
     * @throws NoteException if it is malformed, its type unknown, or its key id not that of name and key
     */
    public static VerifierKey parse(String vkey) {
        int first = vkey.indexOf('+');
        int second = first < 0 ? -1 : vkey.indexOf('+', first + 1);
        if (second < 0) {
            throw new NoteException("a vkey has the form name+id+key, this has not: " + StrictText.abbreviate(vkey));
        }
        String id = vkey.substring(first + 1, second);
        if (!id.matches("[0-9a-f]{8}")) {
            throw new NoteException("a vkey's key id is 8 lower-case hex digits, this is not: " + id);
        }
        byte[] typed = StrictText.base64(vkey.substring(second + 1), "the vkey's key");
        if (typed.length == 0) {
            throw new NoteException("the vkey has no key");
        }
        KeyType type = KeyType.ofCode(typed[0] & 0xff);
        VerifyingKey key;
        try {
            key = VerifyingKey.ofRaw(type.algorithm(), Arrays.copyOfRange(typed, 1, typed.length));
        } catch (IllegalArgumentException e) {
            throw new NoteException("the vkey's key is refused: " + e.getMessage(), e);
        }
        return new VerifierKey(vkey.substring(0, first), type, key, HexFormat.fromHexDigits(id));
    }

    /**
     * This key as that of a witness. Policies in use name witnesses by plain Ed25519 vkeys, type 0x01: what such a witness
     * makes with the key are cosignatures, type 0x04, whose key id follows from the name and the key (C2SP
     * tlog-cosignature, Format).
     */
    public VerifierKey cosigner() {
        return type == KeyType.ED25519 ? of(name, KeyType.ED25519_COSIGNATURE, key) : this;
    }

    /** The vkey. */
    public String vkey() {
        byte[] raw = key.raw();
        byte[] typed = new byte[1 + raw.length];
        typed[0] = (byte) type.code();
        System.arraycopy(raw, 0, typed, 1, raw.length);
        return name + "+" + hex(keyId) + "+" + Base64.getEncoder().encodeToString(typed);
    }

    /** Whether {@code signature} names this key. */
    public boolean made(NoteSignature signature) {
        return signature.keyId() == keyId && signature.name().equals(name);
    }

    /** Whether the signature, without its key id, is this key's over the note's text. */
    public boolean verify(String text, byte[] signature) {
        if (signature.length != type.signatureBytes()) {
            return false;
        }
        if (!type.timestamped()) {
            return key.verify(text.getBytes(StandardCharsets.UTF_8), signature);
        }
        long timestamp = ByteBuffer.wrap(signature).getLong();
        if (timestamp < 0) {
            return false;
        }
        byte[] message;
        try {
            message = Cosigned.message(this, timestamp, text);
        } catch (NoteException e) {
            // A cosignature is over a checkpoint, and this text is none.
            return false;
        }
        return key.verify(message, Arrays.copyOfRange(signature, Long.BYTES, signature.length));
    }

    /** The time in a signature of a timestamped type, POSIX seconds; empty for the other type. */
    public OptionalLong timestamp(NoteSignature signature) {
        return type.timestamped() && signature.length() == type.signatureBytes()
                ? OptionalLong.of(ByteBuffer.wrap(signature.bytes()).getLong())
                : OptionalLong.empty();
    }

    @Override
    public String toString() {
        return vkey();
    }

    private static int keyId(String name, KeyType type, VerifyingKey key) {
        var digest = Digest.sha256();
        digest.update(name.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) '\n');
        digest.update((byte) type.code());
        return ByteBuffer.wrap(digest.digest(key.raw())).getInt();
    }

    private static String hex(int keyId) {
        return HexFormat.of().toHexDigits(keyId);
    }
}
