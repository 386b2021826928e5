package io.strongroom.evidence.pack.verify;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.json.JsonException;
import io.strongroom.evidence.ledger.Entry;
import io.strongroom.evidence.note.Checkpoint;
import io.strongroom.evidence.note.NoteException;
import io.strongroom.evidence.note.SignedNote;
import io.strongroom.evidence.tile.EntryBundle;
import io.strongroom.evidence.tile.TilePath;
import io.strongroom.evidence.tree.Frontier;
import io.strongroom.evidence.tree.Rfc9162;
import io.strongroom.evidence.tree.TreeHasher;
import io.strongroom.evidence.trust.TrustFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Verifies a folder of tiles (C2SP tlog-tiles): makes the whole tree anew from the leaf hashes, compares every tile of
 * the higher levels, the checkpoint, and, where they are there, the entries and their chain.
 */
public final class TileVerifier {
    private static final int MOST_FILE = 256 * (2 + EntryBundle.MAX_ENTRY_BYTES);

    private final Path folder;
    private final Checkpoint checkpoint;
    private final boolean trusted;
    private final TreeHasher hasher = new TreeHasher();
    private final Frontier whole = new Frontier();
    private long entries;
    private boolean chained = true;
    private Digest last = Digest.ZERO;

    private TileVerifier(Path folder, Checkpoint checkpoint, boolean trusted) {
        this.folder = folder;
        this.checkpoint = checkpoint;
        this.trusted = trusted;
    }

    /**
     * What was found to hold.
     *
     * @param entries how many entries were compared with their leaves; 0 where the folder has none
     * @param chained whether they are entries of ours, each naming the one before
     * @param trusted whether the checkpoint is signed by a log of the trust file
     */
    public record Rebuilt(Checkpoint checkpoint, long entries, boolean chained, boolean trusted) {}

    /** Whether the folder looks like a log's. */
    public static boolean isLog(Path folder) {
        return Files.isRegularFile(folder.resolve("checkpoint")) && Files.isDirectory(folder.resolve("tile"));
    }

    /**
     * Verifies a folder.
     *
     * @throws RefusedException if it does not hold, naming the first file
     */
    public static Rebuilt verify(Path folder, @Nullable TrustFile trust) throws IOException {
        Checkpoint checkpoint;
        try {
            SignedNote note = SignedNote.parse(bytes(folder, "checkpoint", SignedNote.MAX_BYTES));
            checkpoint = trust == null
                    ? Checkpoint.parseText(note.text())
                    : trust.checkpoints().verify(note).checkpoint();
        } catch (NoteException e) {
            throw new RefusedException("checkpoint", "a checkpoint signed by a trusted log", e.getMessage() + "");
        }
        return new TileVerifier(folder, checkpoint, trust != null).rebuild();
    }

    private Rebuilt rebuild() throws IOException {
        long size = checkpoint.size();
        boolean bundles = Files.isDirectory(folder.resolve("tile/entries"));
        // Level by level: each level's tiles are compared with the roots of the full tiles below.
        for (int level = 0; TilePath.hashesAt(level, size) > 0; level++) {
            long hashes = TilePath.hashesAt(level, size);
            for (long index = 0; index * TilePath.FULL_WIDTH < hashes; index++) {
                TilePath path = new TilePath(level, index, TilePath.widthAt(level, index, size));
                byte[] tile = tile(path);
                if (level == 0) {
                    whole.appendAll(tile, 0, path.width());
                    if (bundles) {
                        bundle(TilePath.entries(index, path.width()), tile);
                    }
                } else {
                    compare(path, tile);
                }
            }
        }
        if (!whole.root().equals(checkpoint.root())) {
            throw new RefusedException(
                    "checkpoint",
                    "the root that the leaves lead to, " + whole.root(),
                    checkpoint.root().toString());
        }
        return new Rebuilt(checkpoint, entries, entries > 0 && chained, trusted);
    }

    private byte[] tile(TilePath path) throws IOException {
        byte[] tile = bytes(folder, path.toString(), TilePath.FULL_WIDTH * Digest.BYTES);
        if (tile.length != path.width() * Digest.BYTES) {
            throw new RefusedException(path.toString(), path.width() + " hashes of 32 bytes", tile.length + " bytes");
        }
        return tile;
    }

    /** Compares each hash with the root of the full tile that it stands for. */
    private void compare(TilePath path, byte[] tile) throws IOException {
        for (int i = 0; i < path.width(); i++) {
            byte[] below = tile(TilePath.full(path.level() - 1, path.index() * TilePath.FULL_WIDTH + i));
            hasher.fold(below, 0, TilePath.FULL_WIDTH);
            int at = i * Digest.BYTES;
            if (!Arrays.equals(tile, at, at + Digest.BYTES, below, 0, Digest.BYTES)) {
                throw new RefusedException(
                        path.toString(),
                        "as hash " + i + " the root of the tile below, "
                                + Digest.ofBytes(Arrays.copyOf(below, Digest.BYTES)),
                        Digest.ofBytes(Arrays.copyOfRange(tile, at, at + Digest.BYTES))
                                .toString());
            }
        }
    }

    private void bundle(TilePath path, byte[] tile) throws IOException {
        List<byte[]> bundle;
        try {
            bundle = EntryBundle.parse(bytes(folder, path.toString(), MOST_FILE));
        } catch (IllegalArgumentException e) {
            throw new RefusedException(path.toString(), "a bundle of entries", e.getMessage() + "");
        }
        if (bundle.size() != path.width()) {
            throw new RefusedException(path.toString(), path.width() + " entries", bundle.size() + "");
        }
        for (int i = 0; i < bundle.size(); i++) {
            Digest leaf = Rfc9162.leaf(bundle.get(i));
            Digest expected = Digest.ofBytes(Arrays.copyOfRange(tile, i * Digest.BYTES, (i + 1) * Digest.BYTES));
            if (!leaf.equals(expected)) {
                throw new RefusedException(
                        path.toString(),
                        "as entry " + entries + " one with the leaf hash " + expected,
                        leaf.toString());
            }
            chain(path, bundle.get(i));
            last = leaf;
            entries++;
        }
    }

    private void chain(TilePath path, byte[] data) throws RefusedException {
        if (!chained) {
            return;
        }
        Entry entry;
        try {
            entry = Entry.parse(data);
        } catch (JsonException e) {
            if (entries > 0) {
                throw new RefusedException(path.toString(), "as place " + entries + " an entry", e.getMessage() + "");
            }
            // The first leaf says whether this is a ledger, or another log whose leaves mean something else.
            chained = false;
            return;
        }
        if (entry.seq() != entries || !entry.prev().equals(last)) {
            throw new RefusedException(
                    path.toString(),
                    "the entry of place " + entries + " behind " + last,
                    "that of place " + entry.seq() + " behind " + entry.prev());
        }
    }

    private static byte[] bytes(Path folder, String path, int most) throws IOException {
        Path file = folder.resolve(path);
        if (!Files.isRegularFile(file)) {
            throw new RefusedException(path, "the file", "no such file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(most + 1);
            if (bytes.length > most) {
                throw new RefusedException(path, "at most " + most + " bytes", "more");
            }
            return bytes;
        }
    }
}
