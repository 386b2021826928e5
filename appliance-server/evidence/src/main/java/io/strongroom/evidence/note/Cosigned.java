package io.strongroom.evidence.note;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The messages that timestamped signatures are over (C2SP tlog-cosignature). */
final class Cosigned {
    private static final byte[] SUBTREE_LABEL = "subtree/v1\n\0".getBytes(StandardCharsets.US_ASCII);

    private Cosigned() {}

    /** The message of a cosignature of {@code key} over the checkpoint that is the note's text. */
    static byte[] message(VerifierKey key, long timestamp, String text) {
        return switch (key.type()) {
            case ED25519 -> throw new NoteException("a plain Ed25519 key makes no cosignatures");
            case ED25519_COSIGNATURE -> {
                Checkpoint.parseText(text);
                yield ("cosignature/v1\ntime " + timestamp + "\n" + text).getBytes(StandardCharsets.UTF_8);
            }
            case ML_DSA_44_COSIGNATURE -> {
                Checkpoint checkpoint = Checkpoint.parseText(text);
                yield subtree(
                        key.name(),
                        timestamp,
                        checkpoint.origin(),
                        0,
                        checkpoint.size(),
                        checkpoint.root().bytes());
            }
        };
    }

    /** The structure {@code cosigned_message}, for the leaves from {@code start} to {@code end}, exclusive. */
    static byte[] subtree(String cosigner, long timestamp, String origin, long start, long end, byte[] hash) {
        byte[] name = opaque(cosigner, "the cosigner's name");
        byte[] log = opaque(origin, "the origin");
        return ByteBuffer.allocate(SUBTREE_LABEL.length + 1 + name.length + 8 + 1 + log.length + 16 + 32)
                .put(SUBTREE_LABEL)
                .put((byte) name.length)
                .put(name)
                .putLong(timestamp)
                .put((byte) log.length)
                .put(log)
                .putLong(start)
                .putLong(end)
                .put(hash)
                .array();
    }

    private static byte[] opaque(String text, String what) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length == 0 || bytes.length > 255) {
            throw new NoteException(what + " has " + bytes.length + " bytes; an ML-DSA-44 cosignature takes 1 to 255");
        }
        return bytes;
    }
}
