package io.strongroom.evidence.pack.verify;

import io.strongroom.evidence.trust.TrustFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Verifies evidence packs, as a zip or unpacked. Needs no network. Thread-safe. */
public final class PackVerifier {
    private final @Nullable TrustFile trust;
    private final Set<String> erased;

    /**
     * A verifier.
     *
     * @param trust whom to trust; null to see only whether a pack is consistent with itself
     * @param erased digests of disclosures that erasure records name, beside those in the pack
     */
    public PackVerifier(@Nullable TrustFile trust, Set<String> erased) {
        this.trust = trust;
        this.erased = Set.copyOf(erased);
    }

    /**
     * Climbs the ladder.
     *
     * @throws IOException if the pack cannot be read at all; a pack that does not hold is an answer, not an exception
     */
    public Ladder verify(Path pack) throws IOException {
        return verify(pack, Progress.IGNORED);
    }

    /**
     * Climbs the ladder, and tells how far the pack has been read. Interrupting the thread ends it.
     *
     * @throws IOException if the pack cannot be read at all, or the thread was interrupted; a pack that does not hold
     *     is an answer, not an exception
     */
    public Ladder verify(Path pack, Progress progress) throws IOException {
        Bag opened;
        try {
            opened = open(pack);
        } catch (RefusedException e) {
            return Climb.refused(e.failure(), trust != null);
        }
        try (Bag bag = progress == Progress.IGNORED ? opened : new WatchedBag(opened, progress)) {
            return new Climb(bag, trust, erased).climb();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("verifying was interrupted", e);
        }
    }

    static Bag open(Path pack) throws IOException {
        if (!Files.isDirectory(pack)) {
            return ZipBag.open(pack);
        }
        if (Files.exists(pack.resolve("bagit.txt"))) {
            return FolderBag.open(pack);
        }
        try (Stream<Path> inside = Files.list(pack)) {
            List<Path> all = inside.toList();
            boolean top = all.size() == 1 && Files.isDirectory(all.getFirst()) && !Files.isSymbolicLink(all.getFirst());
            return FolderBag.open(top ? all.getFirst() : pack);
        }
    }
}
