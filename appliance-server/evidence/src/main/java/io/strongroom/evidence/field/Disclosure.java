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
 * @param salt 128 random bits in base64url without padding: 22 characters
 * @param pointer where the member stood
 * @param value its canonical bytes
 */
public record Disclosure(String salt, JsonPointer pointer, JsonSlice value) {
    /** Bytes of a salt. */
    public static final int SALT_BYTES = 16;

    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

    /**
     * @throws IllegalArgumentException if the salt is not 128 bits in its one form, or the pointer is empty
     */
    public Disclosure {
        byte[] bits = DECODER.decode(salt);
        if (bits.length != SALT_BYTES || !ENCODER.encodeToString(bits).equals(salt)) {
            throw new IllegalArgumentException("a salt is 128 bits in base64url without padding");
        }
        if (pointer.tokens().isEmpty()) {
            throw new IllegalArgumentException("a disclosure is of a member, not of the whole document");
        }
    }

    static Disclosure of(byte[] salt, JsonPointer pointer, JsonSlice value) {
        return new Disclosure(ENCODER.encodeToString(salt), pointer, value);
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
            JsonPointer pointer = JsonPointer.parse(reader.string());
            JsonSlice value = reader.slice();
            reader.endArray();
            reader.end();
            return new Disclosure(salt, pointer, value);
        } catch (IllegalArgumentException | JsonException e) {
            throw malformed(String.valueOf(e.getMessage()));
        }
    }

    private static DisclosureException malformed(String why) {
        return new DisclosureException(Reason.MALFORMED, "not a disclosure: " + why);
    }

    /** The text form. */
    public String encoded() {
        CanonicalWriter json = new CanonicalWriter(64 + value.length());
        json.beginArray()
                .string(salt)
                .string(pointer.toString())
                .rawValue(value)
                .endArray();
        return ENCODER.encodeToString(json.toBytes());
    }

    /** The digest that a record's {@code _sd} holds: 43 characters of base64url. */
    public String digest() {
        return digestOf(encoded());
    }

    /** The digest of a text form. */
    public static String digestOf(String encoded) {
        return ENCODER.encodeToString(
                Digest.of(encoded.getBytes(StandardCharsets.US_ASCII)).bytes());
    }

    /** Says where, not what. */
    @Override
    public String toString() {
        return "Disclosure[" + pointer + "]";
    }
}
