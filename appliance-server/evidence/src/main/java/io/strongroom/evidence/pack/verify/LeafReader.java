package io.strongroom.evidence.pack.verify;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.ledger.EntryLine;
import io.strongroom.evidence.tree.RangeProof;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Walks all leaf hashes of the range, feeds them to the proof, and shows those at places that are asked for. */
final class LeafReader implements Closeable {
    private static final int CHUNK = 4096;

    private final String path;
    private final InputStream in;
    private final RangeProof.Verifier proof;
    private final MessageDigest sha256 = Digest.sha256();
    private final byte[] chunk = new byte[CHUNK * Digest.BYTES];
    private final byte[] before = new byte[Digest.BYTES];
    private final long to;
    private long chunkFrom;
    private int chunked;
    private @Nullable Failure broken;

    LeafReader(String path, InputStream in, RangeProof range) {
        this.path = path;
        this.in = in;
        this.proof = range.verifier();
        this.chunkFrom = range.from();
        this.to = range.to();
    }

    /** Whether the leaf at {@code seq}, which never falls back, has this hash. */
    boolean is(long seq, byte[] hash) throws IOException {
        while (seq >= chunkFrom + chunked) {
            if (!fill()) {
                return false;
            }
        }
        int at = (int) (seq - chunkFrom) * Digest.BYTES;
        return Arrays.equals(chunk, at, at + Digest.BYTES, hash, 0, Digest.BYTES);
    }

    /** Whether the entry names the leaf hash at {@code seq}, right before the place asked for last, as the one before. */
    boolean isPrev(long seq, EntryLine entry) {
        return seq < chunkFrom ? entry.isPrev(before, 0) : entry.isPrev(chunk, (int) (seq - chunkFrom) * Digest.BYTES);
    }

    /** The leaf hash at {@code seq}, at or right before the place asked for last. */
    Digest hash(long seq) {
        return seq < chunkFrom ? Digest.ofBytes(before) : Digest.ofBytes(chunk, (int) (seq - chunkFrom) * Digest.BYTES);
    }

    private boolean fill() throws IOException {
        if (broken != null) {
            return false;
        }
        if (chunked > 0) {
            System.arraycopy(chunk, (chunked - 1) * Digest.BYTES, before, 0, Digest.BYTES);
        }
        int got;
        try {
            got = in.readNBytes(chunk, 0, chunk.length);
        } catch (RefusedException e) {
            broken = e.failure();
            return false;
        }
        sha256.update(chunk, 0, got);
        int whole = got / Digest.BYTES;
        chunkFrom += chunked;
        chunked = whole;
        if (got % Digest.BYTES != 0 || whole > proof.missing()) {
            broken = new Failure(
                    path, to, "the leaf hashes of the range and no more", "more bytes than those before place " + to);
            return false;
        }
        proof.leaves(chunk, 0, whole);
        return whole > 0;
    }

    /** Reads what is left; gives the file's digest. */
    Digest finish() throws IOException {
        while (fill()) {
            // Each step feeds the proof.
        }
        if (broken != null && broken.found().startsWith("more bytes")) {
            int got;
            while ((got = in.read(chunk, 0, chunk.length)) > 0) {
                sha256.update(chunk, 0, got);
            }
        } else if (broken != null) {
            throw new RefusedException(path, broken.expected(), broken.found());
        }
        return Digest.ofBytes(sha256.digest());
    }

    /** What is wrong with the file itself. */
    @Nullable
    Failure broken() {
        return broken;
    }

    /** Leaf hashes that the range has and the file has not. */
    long missing() {
        return proof.missing();
    }

    boolean verifies(Digest root) {
        return proof.verifies(root);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
