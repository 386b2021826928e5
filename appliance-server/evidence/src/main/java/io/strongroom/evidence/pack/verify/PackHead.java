package io.strongroom.evidence.pack.verify;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.note.Checkpoint;
import io.strongroom.evidence.note.SignedNote;
import io.strongroom.evidence.pack.PackLayout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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

    /** The root that the tree had at {@code size}; empty where the pack does not show it. */
    public Optional<Digest> rootAt(long size) throws IOException {
        if (size == checkpoint.size()) {
            return Optional.of(checkpoint.root());
        }
        try (Bag bag = PackVerifier.open(pack)) {
            RangeJson range = RangeJson.parse(SmallFiles.read(bag, PackLayout.RANGE, SMALL));
            return Optional.ofNullable(
                    ShownTree.walk(bag, range, List.of(size), List.of()).roots().get(size));
        }
    }
}
