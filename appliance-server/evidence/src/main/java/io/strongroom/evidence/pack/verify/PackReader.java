package io.strongroom.evidence.pack.verify;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.pack.PackLayout;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Reads every byte of a pack once: finds each file's digest, and on the way compares records with entries and entries
 * with leaves. Records are read on a second thread. Memory does not grow with the pack.
 */
final class PackReader {
    private static final int BATCHES_AHEAD = 4;
    private static final int CHUNK = 256 * 1024;

    private final Bag bag;
    private final Set<String> erased;
    private final ReferredObjects objects;
    private final ReferredBatches batches = new ReferredBatches();
    private final ConcurrentMap<String, Digest> digests = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Failure> damage = new ConcurrentHashMap<>();
    private final byte[] chunk = new byte[CHUNK];
    private @Nullable RecordedWalk walk;
    private @Nullable LeafReader leaves;
    private final Map<String, PartPlaces.Span> spans = new HashMap<>();
    private long disclosedRecords;
    private PackFacts.Fields fields = new PackFacts.Fields(0, 0, 0);
    private @Nullable Failure recordFailure;

    PackReader(Bag bag, Set<String> erased) {
        this.bag = bag;
        this.erased = erased;
        this.objects = new ReferredObjects(bag.files());
    }

    /**
     * Reads all files.
     *
     * @param range what the walk is tied to; null where that is malformed: then only digests are found
     * @param manifest what the pack says of itself; null where that is malformed
     */
    void read(@Nullable RangeJson range, @Nullable PackManifest manifest) throws IOException, InterruptedException {
        if (range != null && bag.files().containsKey(range.leaves())) {
            walk(range, manifest);
        }
        for (String path : bag.files().keySet()) {
            if (!digests.containsKey(path) && !damage.containsKey(path)) {
                digest(path);
            }
        }
    }

    private void walk(RangeJson range, @Nullable PackManifest manifest) throws IOException, InterruptedException {
        BlockingQueue<RecordBatch> queue = new ArrayBlockingQueue<>(BATCHES_AHEAD);
        try (Lines records = lines(PackLayout.RECORDS);
                Lines disclosed = lines(PackLayout.DISCLOSURES);
                Lines entries = lines(PackLayout.ENTRIES);
                Lines rendered = lines(PackLayout.MASKED);
                LeafReader reader = new LeafReader(range.leaves(), bag.open(range.leaves()), range.proof())) {
            DisclosureLines disclosures =
                    new DisclosureLines(disclosed, manifest == null ? List.of() : manifest.withhold());
            RecordReader recordReader =
                    new RecordReader(records, disclosures, tenant(manifest), erased, objects, batches, queue);
            FutureTask<PackFacts.Fields> task = new FutureTask<>(recordReader);
            Thread thread = Thread.ofPlatform().name("records").daemon().start(task);
            try {
                RecordedWalk walked = new RecordedWalk(
                        entries,
                        reader,
                        queue,
                        new RenderingLines(rendered),
                        range.proof().from(),
                        range.proof().to(),
                        manifest == null ? null : manifest.counts());
                walked.run();
                try {
                    digests.put(range.leaves(), reader.finish());
                } catch (RefusedException e) {
                    damage.put(range.leaves(), e.failure());
                }
                fields = task.get();
                disclosedRecords = disclosures.count();
                spans.putAll(walked.spans());
                spans.putAll(disclosures.places().spans());
                walk = walked;
                leaves = reader;
                recordFailure = records.broken() != null ? records.broken() : recordReader.leftOver();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof IOException io) {
                    throw io;
                }
                throw new IllegalStateException("reading the records failed", e.getCause());
            } finally {
                thread.interrupt();
                thread.join();
            }
        }
    }

    private static byte @Nullable [] tenant(@Nullable PackManifest manifest) {
        return manifest == null
                ? null
                : manifest.tenant().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
    }

    private Lines lines(String folder) {
        List<String> parts = bag.files().keySet().stream()
                .filter(path -> path.startsWith(folder))
                .sorted()
                .toList();
        return new Lines(bag, parts, digests, damage);
    }

    private void digest(String path) throws IOException {
        MessageDigest sha256 = Digest.sha256();
        try (InputStream in = bag.open(path)) {
            int got;
            while ((got = in.read(chunk, 0, chunk.length)) > 0) {
                sha256.update(chunk, 0, got);
            }
            digests.put(path, Digest.ofBytes(sha256.digest()));
        } catch (RefusedException e) {
            damage.put(path, e.failure());
        }
    }

    ConcurrentMap<String, Digest> digests() {
        return digests;
    }

    ConcurrentMap<String, Failure> damage() {
        return damage;
    }

    /** What the walk found; null where there was none. */
    @Nullable
    RecordedWalk walk() {
        return walk;
    }

    @Nullable
    LeafReader leaves() {
        return leaves;
    }

    /** Records of which something is disclosed. */
    long disclosedRecords() {
        return disclosedRecords;
    }

    /** What the lines of each part belong to, by its path. */
    Map<String, PartPlaces.Span> spans() {
        return spans;
    }

    PackFacts.Fields fields() {
        return fields;
    }

    /** The large values and what refers to them. */
    ReferredObjects objects() {
        return objects;
    }

    /** The device batches that records name. */
    ReferredBatches batches() {
        return batches;
    }

    /** The first place where records, entries and leaves do not fit; null where they do. */
    @Nullable
    Failure mismatch() {
        Failure found = walk == null ? null : walk.failure();
        return found != null ? found : recordFailure;
    }
}
