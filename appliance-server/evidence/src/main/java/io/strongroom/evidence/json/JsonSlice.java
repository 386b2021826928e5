package io.strongroom.evidence.json;

import java.util.Arrays;
import java.util.Objects;

/**
 * A canonical value where it stands in a larger array, which is not copied and must not change.
 *
 * @param bytes the array
 * @param offset where the value begins
 * @param length its bytes
 */
@SuppressWarnings("ArrayRecordComponent")
public record JsonSlice(byte[] bytes, int offset, int length) {
    /**
     * @throws IndexOutOfBoundsException if the slice is not in the array
     */
    public JsonSlice {
        Objects.checkFromIndexSize(offset, length, bytes.length);
    }

    /** A copy of the value's bytes. */
    public byte[] toBytes() {
        return Arrays.copyOfRange(bytes, offset, offset + length);
    }

    /** A reader of the value. */
    public JsonReader reader() {
        return JsonReader.ofCanonical(bytes, offset, length);
    }

    /** What kind of value it is. */
    public JsonToken kind() {
        return switch (length == 0 ? 0 : bytes[offset]) {
            case '"' -> JsonToken.STRING;
            case '{' -> JsonToken.BEGIN_OBJECT;
            case '[' -> JsonToken.BEGIN_ARRAY;
            case 't', 'f' -> JsonToken.BOOLEAN;
            case 'n' -> JsonToken.NULL;
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> JsonToken.NUMBER;
            default -> throw new JsonException("a value was expected", 0, "");
        };
    }

    /** Whether the value is exactly this string. */
    public boolean isString(String text) {
        return kind() == JsonToken.STRING && CanonicalStrings.isEqual(bytes, offset + 1, offset + length - 1, text);
    }

    /** The value as a string; {@link JsonException} if it is none. */
    public String string() {
        return reader().string();
    }

    /** The value as a whole number; {@link JsonException} if it is none. */
    public long integer() {
        return reader().integer();
    }

    /** The members of the value; {@link JsonException} if it is no object. */
    public CanonicalObject object() {
        return CanonicalObject.ofCanonical(bytes, offset, length);
    }

    /** Equal if the bytes of the values are. */
    @Override
    public boolean equals(Object other) {
        return other instanceof JsonSlice that
                && Arrays.equals(bytes, offset, offset + length, that.bytes, that.offset, that.offset + that.length);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = offset; i < offset + length; i++) {
            hash = 31 * hash + bytes[i];
        }
        return hash;
    }

    /** Says where, not what: values may be personal. */
    @Override
    public String toString() {
        return "JsonSlice[" + offset + ", +" + length + "]";
    }
}
