package io.strongroom.server.ingest;

import io.strongroom.api.ProblemType;
import io.strongroom.evidence.Digest;
import io.strongroom.evidence.batch.BatchLayout;
import io.strongroom.server.objects.ObjectStore;
import io.strongroom.server.objects.ObjectStore.Protection;
import io.strongroom.server.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the signed bytes of device batches for ever, as objects by their digest, under object lock where the store has
 * it: they hold names, sequences and digests, and nothing of a line.
 */
final class BatchArchive {
    private static final Logger LOG = LoggerFactory.getLogger(BatchArchive.class);
    private static final Duration LATER = Duration.ofSeconds(5);

    private final ObjectStore objects;

    BatchArchive(ObjectStore objects) {
        this.objects = objects;
    }

    /**
     * Keeps a batch; durable when this returns. The same one again changes nothing.
     *
     * @throws ProblemException {@code storage-unavailable} if the store does not take it
     */
    void keep(Digest digest, byte[] cose) {
        try {
            objects.put(name(digest), cose, Protection.LOCKED);
        } catch (IOException e) {
            LOG.error("The signed bytes of a device batch could not be stored", e);
            throw new ProblemException(
                            ProblemType.STORAGE_UNAVAILABLE, "The object store does not take the batch now.", e)
                    .retryAfter(LATER);
        }
    }

    /** The signed bytes of a batch. */
    Optional<byte[]> find(Digest digest) throws IOException {
        Optional<InputStream> stored = objects.get(name(digest), 0);
        if (stored.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream in = stored.get()) {
            return Optional.of(in.readNBytes(BatchLayout.MOST_BYTES));
        }
    }

    /** A folder for each first byte, so that none grows beyond what a file system likes. */
    static String name(Digest digest) {
        String hex = digest.hex();
        return "batches/" + hex.substring(0, 2) + "/" + hex;
    }
}
