package io.strongroom.evidence.note;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;

/** One signature line of a note: {@code — name base64(keyId ‖ signature)}. Immutable; equality is by value. */
public final class NoteSignature {
    static final String DASH = "— ";

    private final String name;
    private final int keyId;
    private final byte[] bytes;

    /** A signature by the key of this name and id; the bytes are copied. */
    public NoteSignature(String name, int keyId, byte[] signature) {
        this.name = StrictText.keyName(name);
        this.keyId = keyId;
        this.bytes = signature.clone();
        if (bytes.length == 0) {
            throw new NoteException("the signature of " + StrictText.abbreviate(name) + " is empty");
        }
    }

    /** Reads a line without its newline. */
    static NoteSignature parse(String line) {
        if (!line.startsWith(DASH)) {
            throw new NoteException(
                    "not a signature line, which begins with an em dash and a space: " + StrictText.abbreviate(line));
        }
        int space = line.indexOf(' ', DASH.length());
        if (space < 0) {
            throw new NoteException("a signature line has no signature: " + StrictText.abbreviate(line));
        }
        byte[] bytes = StrictText.base64(line.substring(space + 1), "a signature");
        if (bytes.length <= Integer.BYTES) {
            throw new NoteException("a signature of " + bytes.length + " bytes is too short");
        }
        return new NoteSignature(
                line.substring(DASH.length(), space),
                ByteBuffer.wrap(bytes).getInt(),
                Arrays.copyOfRange(bytes, Integer.BYTES, bytes.length));
    }

    public String name() {
        return name;
    }

    /** Four bytes, big-endian. */
    public int keyId() {
        return keyId;
    }

    /** A copy of the signature, without the key id. */
    public byte[] bytes() {
        return bytes.clone();
    }

    int length() {
        return bytes.length;
    }

    /** The line, with its newline. */
    String line() {
        byte[] joined = ByteBuffer.allocate(Integer.BYTES + bytes.length)
                .putInt(keyId)
                .put(bytes)
                .array();
        return DASH + name + " " + Base64.getEncoder().encodeToString(joined) + "\n";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NoteSignature that
                && keyId == that.keyId
                && name.equals(that.name)
                && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return 31 * keyId + Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return line().strip();
    }
}
