package io.strongroom.evidence.note;

import io.strongroom.evidence.Digest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A checkpoint (C2SP tlog-checkpoint): what a log says its tree is. Three lines, no extension lines.
 *
 * @param origin the log's name, 1 to 200 bytes of UTF-8
 * @param size number of leaves
 * @param root RFC 9162 root hash
 */
public record Checkpoint(String origin, long size, Digest root) {
    /** Longest origin in bytes of UTF-8. */
    public static final int MAX_ORIGIN_BYTES = 200;

    private static final Digest EMPTY_ROOT = Digest.of(new byte[0]);

    public Checkpoint {
        int bytes = origin.getBytes(StandardCharsets.UTF_8).length;
        if (bytes == 0 || bytes > MAX_ORIGIN_BYTES) {
            throw new NoteException("an origin has 1 to " + MAX_ORIGIN_BYTES + " bytes, this has " + bytes);
        }
        if (origin.chars().anyMatch(c -> c < 0x20)) {
            throw new NoteException("an origin has no control characters");
        }
        if (size < 0) {
            throw new NoteException("a tree's size is not negative: " + size);
        }
        if (size == 0 && !root.equals(EMPTY_ROOT)) {
            throw new NoteException("an empty tree has the root " + EMPTY_ROOT + ", not " + root);
        }
    }

    /**
     * Reads a note's text.
     *
     * @throws NoteException if it is not exactly the three lines
     */
    public static Checkpoint parseText(String text) {
        String[] lines = text.split("\n", -1);
        if (lines.length != 4 || !lines[3].isEmpty()) {
            throw new NoteException("a checkpoint has three lines (origin, size, root) and no more");
        }
        byte[] root = StrictText.base64(lines[2], "the checkpoint's root");
        if (root.length != Digest.BYTES) {
            throw new NoteException("the checkpoint's root has " + root.length + " bytes, not " + Digest.BYTES);
        }
        return new Checkpoint(lines[0], StrictText.decimal(lines[1], "the checkpoint's size"), Digest.ofBytes(root));
    }

    /** The note's text: three lines. */
    public String text() {
        return origin + "\n" + size + "\n" + Base64.getEncoder().encodeToString(root.bytes()) + "\n";
    }

    /** The signed checkpoint. */
    public SignedNote sign(NoteSigner... signers) {
        return SignedNote.sign(text(), signers);
    }
}
