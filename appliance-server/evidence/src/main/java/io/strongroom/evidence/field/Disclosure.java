package io.strongroom.evidence.field;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.field.DisclosureException.Reason;
import io.strongroom.evidence.json.CanonicalJson;
import io.strongroom.evidence.json.CanonicalWriter;
import io.strongroom.evidence.json.JsonException;
import io.strongroom.evidence.json.JsonReader;
import io.strongroom.evidence.json.JsonSlice;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A member that was taken out of a record, with the salt under which the record commits to it. Its text form is
 * {@code base64url(JCS([salt, pointer, value]))}, and the record's {@code _sd} holds the digest of that text (the form
 * of RFC 9901 §4.2).
 *
 * <p>Immutable. Two are equal if their text forms are.
 */
public final class Disclosure {
    /** Bytes of a salt. */
    public static final int SALT_BYTES = 16;

    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

    private final String salt;
    private final JsonPointer pointer;
    private final JsonSlice value;
    private final String encoded;
    private final String digest;

    private Disclosure(String salt, JsonPointer pointer, JsonSlice value, String encoded) {
        if (pointer.tokens().isEmpty()) {
            throw new IllegalArgumentException("a disclosure is of a member, not of the whole document");
        }
        this.salt = salt;
        this.pointer = pointer;
        this.value = value;
        this.encoded = encoded;
        this.digest = digestOf(encoded);
    }

    /**
     * The disclosure of a member under a salt.
     *
     * @param salt {@link #SALT_BYTES} random bytes
     * @param value its canonical bytes
     * @throws IllegalArgumentException if the salt has another length, or the pointer is empty
     */
    public static Disclosure of(byte[] salt, JsonPointer pointer, JsonSlice value) {
        if (salt.length != SALT_BYTES) {
            throw new IllegalArgumentException("a salt has " + SALT_BYTES + " bytes");
        }
        String text = ENCODER.encodeToString(salt);
        CanonicalWriter json = new CanonicalWriter(64 + value.length());
        json.beginArray()
                .string(text)
                .string(pointer.toString())
                .rawValue(value)
                .endArray();
        return new Disclosure(text, pointer, value, ENCODER.encodeToString(json.toBytes()));
    }

    /**
     * Reads the text form.
     *
     * @throws DisclosureException if it is not exactly the one form of a disclosure
     */
    public static Disclosure parse(String encoded) {
        try {
            byte[] json = DECODER.decode(encoded);
            if (!ENCODER.encodeToString(json).equals(encoded)) {
                throw malformed("its base64url has padding or stray bits");
            }
            if (!CanonicalJson.isCanonical(json)) {
                throw malformed("its JSON is not canonical");
            }
            JsonReader reader = JsonReader.ofCanonical(json);
            reader.beginArray();
            String salt = reader.string();
            requireSalt(salt);
            JsonPointer pointer = JsonPointer.parse(reader.string());
            JsonSlice value = reader.slice();
            reader.endArray();
            reader.end();
            return new Disclosure(salt, pointer, value, encoded);
        } catch (IllegalArgumentException | JsonException e) {
            throw malformed(String.valueOf(e.getMessage()));
        }
    }

    private static void requireSalt(String salt) {
        byte[] bits = DECODER.decode(salt);
        if (bits.length != SALT_BYTES || !ENCODER.encodeToString(bits).equals(salt)) {
            throw malformed("a salt is 128 bits in base64url without padding");
        }
    }

    private static DisclosureException malformed(String why) {
        return new DisclosureException(Reason.MALFORMED, "not a disclosure: " + why);
    }

    /** 128 random bits in base64url without padding: 22 characters. */
    public String salt() {
        return salt;
    }

    /** Where the member stood. */
    public JsonPointer pointer() {
        return pointer;
    }

    /** Its canonical bytes. */
    public JsonSlice value() {
        return value;
    }

    /** The text form. */
    public String encoded() {
        return encoded;
    }

    /** The digest that a record's {@code _sd} holds: 43 characters of base64url. */
    public String digest() {
        return digest;
    }

    /** The digest of a text form. */
    public static String digestOf(String encoded) {
        return ENCODER.encodeToString(
                Digest.of(encoded.getBytes(StandardCharsets.US_ASCII)).bytes());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Disclosure that && encoded.equals(that.encoded);
    }

    @Override
    public int hashCode() {
        return encoded.hashCode();
    }

    /** Says where, not what. */
    @Override
    public String toString() {
        return "Disclosure[" + pointer + "]";
    }
}
