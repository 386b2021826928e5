package io.strongroom.console;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.RecordId;
import io.strongroom.evidence.key.SigningAlgorithm;
import io.strongroom.evidence.key.SigningKey;
import io.strongroom.evidence.ledger.Entry;
import io.strongroom.evidence.note.Checkpoint;
import io.strongroom.evidence.note.NoteSigner;
import io.strongroom.evidence.note.TlogProof;
import io.strongroom.evidence.tile.EntryBundle;
import io.strongroom.evidence.tile.TileBuilder;
import io.strongroom.evidence.tile.TilePath;
import io.strongroom.evidence.tree.Frontier;
import io.strongroom.evidence.tree.InclusionProof;
import io.strongroom.evidence.tree.Rfc9162;
import io.strongroom.evidence.trust.TrustFile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A log as an appliance publishes it, in memory: entries, tiles, checkpoint, trust file; and one that lies, if told to. */
public final class FakeLog {
    public static final String ORIGIN = "strongroom.example/acme/1a2b3c4d";

    private final SigningKey key = SigningKey.ofSeed(SigningAlgorithm.ED25519, new byte[32]);
    private final NoteSigner signer = NoteSigner.ed25519(ORIGIN, key);
    private final SigningKey packKey = SigningKey.ofSeed(SigningAlgorithm.ED25519, seed());
    private final List<byte[]> entries = new ArrayList<>();
    private final List<Digest> leaves = new ArrayList<>();
    private final Map<TilePath, byte[]> full = new HashMap<>();
    private final TileBuilder tiles = new TileBuilder(full::put);

    private static byte[] seed() {
        byte[] seed = new byte[32];
        seed[0] = 1;
        return seed;
    }

    /** Appends an entry for this record. */
    public Entry append(RecordId id, Digest record, long at, String stream) {
        long seq = entries.size();
        Entry entry = new Entry(
                seq,
                at,
                id,
                Digest.of("policy".getBytes(StandardCharsets.UTF_8)),
                seq == 0 ? Digest.ZERO : leaves.getLast(),
                record,
                "default",
                "clinic-desk",
                seq,
                stream);
        entries.add(entry.leafData());
        leaves.add(entry.leaf());
        tiles.append(entry.leaf());
        return entry;
    }

    /** Appends so many entries, {@code everyMillis} apart. */
    public void fill(int count, long firstAt, long everyMillis) {
        for (int i = 0; i < count; i++) {
            long seq = entries.size();
            append(
                    new RecordId(firstAt, seq),
                    Digest.of(("record " + seq).getBytes(StandardCharsets.UTF_8)),
                    firstAt + i * everyMillis,
                    "audit.desk");
        }
    }

    /** Gives other leaf data for this entry from now on; the tiles stay. */
    public void change(int seq) {
        byte[] line = entries.get(seq);
        String text = new String(line, StandardCharsets.UTF_8).replace("\"audit.desk\"", "\"audit.disk\"");
        entries.set(seq, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Gives another hash for this leaf in its tile from now on; entries and checkpoint stay. */
    public void changeHash(int seq) {
        TilePath path = TilePath.full(0, seq / TilePath.FULL_WIDTH);
        byte[] tile = Objects.requireNonNull(full.get(path)).clone();
        tile[seq % TilePath.FULL_WIDTH * Digest.BYTES] ^= 1;
        full.put(path, tile);
    }

    /** Gives the hash of that other leaf data for this leaf in its tile, too; the checkpoint stays. */
    public void adoptHash(int seq) {
        TilePath path = TilePath.full(0, seq / TilePath.FULL_WIDTH);
        byte[] tile = Objects.requireNonNull(full.get(path)).clone();
        Rfc9162.leaf(entries.get(seq)).copyTo(tile, seq % TilePath.FULL_WIDTH * Digest.BYTES);
        full.put(path, tile);
    }

    /** The edge of its tree. */
    public Frontier frontier() {
        return Frontier.of(this::hash, size());
    }

    public long size() {
        return entries.size();
    }

    public Checkpoint newest() {
        return new Checkpoint(ORIGIN, size(), Rfc9162.root(this::hash, size()));
    }

    public byte[] checkpoint() {
        return newest().sign(signer).bytes();
    }

    public byte[] trustFile() {
        return TrustFile.of(List.of(signer.verifierKey()), List.of(packKey.verifyingKey()), 0)
                .render()
                .getBytes(StandardCharsets.UTF_8);
    }

    public byte[] tile(TilePath path) {
        if (path.level() == TilePath.ENTRIES) {
            int first = (int) path.index() * TilePath.FULL_WIDTH;
            return EntryBundle.encode(entries.subList(first, first + path.width()));
        }
        return path.isFull() ? Objects.requireNonNull(full.get(path)) : tiles.partialTile(path);
    }

    /** The proof of an entry, as it is now. */
    public byte[] proof(int seq) {
        return TlogProof.of(entries.get(seq), InclusionProof.of(this::hash, seq, size()), newest().sign(signer))
                .bytes();
    }

    private Digest hash(int level, long index) {
        return level == 0
                ? leaves.get((int) index)
                : Rfc9162.node(hash(level - 1, 2 * index), hash(level - 1, 2 * index + 1));
    }
}
