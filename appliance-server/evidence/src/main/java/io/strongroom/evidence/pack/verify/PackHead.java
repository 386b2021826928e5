package io.strongroom.evidence.pack.verify;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.note.Checkpoint;
import io.strongroom.evidence.note.SignedNote;
import io.strongroom.evidence.pack.PackLayout;
import io.strongroom.evidence.tree.Frontier;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A pack's checkpoint, and what the pack shows of the trees before it. To be asked only of packs that verified.
 *
 * @param note the checkpoint as it stands in the pack
 */
public record PackHead(SignedNote note, Checkpoint checkpoint, Path pack) {
    private static final int SMALL = 1 << 20;

    public static PackHead of(Path pack) throws IOException {
        try (Bag bag = PackVerifier.open(pack)) {
            RangeJson range = RangeJson.parse(SmallFiles.read(bag, PackLayout.RANGE, SMALL));
            SignedNote note = SignedNote.parse(SmallFiles.read(bag, range.checkpoint(), SignedNote.MAX_BYTES));
            return new PackHead(note, Checkpoint.parseText(note.text()), pack);
        }
    }

    /** The root that the tree had at {@code size}; empty where the pack's range does not reach there. */
    public Optional<Digest> rootAt(long size) throws IOException {
        if (size == checkpoint.size()) {
            return Optional.of(checkpoint.root());
        }
        try (Bag bag = PackVerifier.open(pack)) {
            RangeJson range = RangeJson.parse(SmallFiles.read(bag, PackLayout.RANGE, SMALL));
            if (size < range.proof().from() || size > range.proof().to()) {
                return Optional.empty();
            }
            Frontier frontier = Frontier.of(range.proof().from(), range.proof().left());
            byte[] chunk = new byte[Digest.BYTES * 4096];
            try (InputStream leaves = bag.open(range.leaves())) {
                while (frontier.size() < size) {
                    int want = (int) Math.min(chunk.length, (size - frontier.size()) * Digest.BYTES);
                    if (leaves.readNBytes(chunk, 0, want) != want) {
                        return Optional.empty();
                    }
                    frontier.appendAll(chunk, 0, want / Digest.BYTES);
                }
            }
            return Optional.of(frontier.root());
        }
    }
}
