package io.strongroom.server.uploads;

import io.strongroom.api.ProblemType;
import io.strongroom.evidence.Digest;
import io.strongroom.server.keys.WrappedRows;
import io.strongroom.server.keys.WrappingKeys.Wrapped;
import io.strongroom.server.objects.ObjectStore;
import io.strongroom.server.objects.ObjectStore.Protection;
import io.strongroom.server.problem.ProblemException;
import io.strongroom.server.spool.Spool;
import io.strongroom.server.spool.SpoolKeys;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes large values in and gives them back. Each is encrypted under a key of its own before it touches a disk, and never
 * put under object lock: with its row in the table it can be erased.
 *
 * <p>On the way in it goes to a file on this machine, since the object store wants its length and the table its digest,
 * which are known at the end; then a row says that an object comes, the object is stored, and the row gets its digest. A
 * process that is killed in between leaves a file that nobody can open, or a row without a digest; {@link #sweep} takes
 * both away. After the last step the same bytes once more are found to be there. What no record refers to is forgotten
 * after some time ({@link UnreferredUploads}).
 */
public final class Uploads implements UploadedObjects {
    /** What their keys are for. */
    static final String PURPOSE = "uploaded-object";

    /** What of theirs is wrapped. */
    public static final WrappedRows WRAPPED = new WrappedRows(
            "uploaded_object",
            "name",
            "generation",
            "wrapped",
            List.of(),
            row -> SpoolKeys.associated(PURPOSE, row.getString("name")));

    private static final Logger LOG = LoggerFactory.getLogger(Uploads.class);
    private static final String FOLDER = "uploads/";
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int NAME_BYTES = 16;
    private static final Duration LATER = Duration.ofSeconds(5);

    private final UploadTable table;
    private final Spool spool;
    private final SpoolKeys keys;
    private final ObjectStore objects;
    private final InstantSource clock;
    private final RandomGenerator random;

    /** @param random cryptographically strong */
    Uploads(
            UploadTable table,
            Spool spool,
            SpoolKeys keys,
            ObjectStore objects,
            InstantSource clock,
            RandomGenerator random) {
        this.table = table;
        this.spool = spool;
        this.keys = keys;
        this.objects = objects;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Takes a value in. Returns once it is durable; the same bytes a second time are no error and change nothing.
     *
     * @param body read to its end, and not closed
     * @throws IOException as {@code body} throws it; then nothing is kept
     * @throws ProblemException {@code storage-unavailable} if there is no room, or the object store does not answer
     */
    public UploadedObject take(InputStream body) throws IOException {
        byte[] key = new byte[Spool.KEY_BYTES];
        random.nextBytes(key);
        String name = name();
        try {
            MessageDigest sha256 = Digest.sha256();
            long size = spool(name, key, new DigestInputStream(body, sha256));
            Digest digest = Digest.ofBytes(sha256.digest());
            Optional<UploadedObject> known = known(digest);
            return known.isPresent() ? known.get() : keep(name, key, size, digest);
        } finally {
            Arrays.fill(key, (byte) 0);
            discard(name);
        }
    }

    /** What is here already; where no record refers to it yet, it is kept for as long as if it had come now. */
    private Optional<UploadedObject> known(Digest digest) {
        if (table.find(digest).map(kept -> !kept.referred()).orElse(false)) {
            table.renew(digest, clock.millis());
        }
        return find(digest);
    }

    private String name() {
        byte[] bytes = new byte[NAME_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private long spool(String name, byte[] key, InputStream body) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        try (Spool.Writing out = open(name, key)) {
            for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
                write(out, buffer, read);
            }
            return finish(out);
        }
    }

    // What fails on this machine's disk must not look like a body that ended too early.

    private Spool.Writing open(String name, byte[] key) {
        try {
            return spool.write(name, key);
        } catch (IOException e) {
            throw noRoom(e);
        }
    }

    private static void write(Spool.Writing out, byte[] buffer, int length) {
        try {
            out.write(buffer, 0, length);
        } catch (IOException e) {
            throw noRoom(e);
        }
    }

    private static long finish(Spool.Writing out) {
        try {
            return out.finish();
        } catch (IOException e) {
            throw noRoom(e);
        }
    }

    private static ProblemException noRoom(IOException cause) {
        LOG.error("An upload could not be written to the disk", cause);
        return new ProblemException(
                        ProblemType.STORAGE_UNAVAILABLE, "The appliance's disk does not take the object now.", cause)
                .retryAfter(LATER);
    }

    private UploadedObject keep(String name, byte[] key, long size, Digest digest) {
        Wrapped wrapped = keys.wrap(name, key);
        table.begin(name, wrapped, size, clock.millis());
        try (InputStream sealed = spool.sealed(name)) {
            objects.put(FOLDER + name, sealed, Spool.sealedSize(size), Protection.NONE);
        } catch (IOException e) {
            LOG.error("An upload could not be stored", e);
            remove(name);
            throw unavailable("The object store does not take the object now.", e);
        }
        if (!table.settle(name, digest)) {
            // Somebody else uploaded the same bytes at the same time, and was faster.
            remove(name);
            return find(digest)
                    .orElseThrow(() -> unavailable("The object was erased while it came.", new IOException(name)));
        }
        return object(digest, new UploadTable.Kept(name, wrapped, size, false));
    }

    private static ProblemException unavailable(String detail, IOException cause) {
        return new ProblemException(ProblemType.STORAGE_UNAVAILABLE, detail, cause).retryAfter(LATER);
    }

    private void discard(String name) {
        try {
            spool.delete(name);
        } catch (IOException e) {
            LOG.warn("An upload's file stays until the next start; without its key it tells nothing", e);
        }
    }

    @Override
    public Optional<UploadedObject> find(Digest digest) {
        return table.find(digest).map(kept -> object(digest, kept));
    }

    @Override
    public boolean refer(Digest digest) {
        Optional<UploadTable.Kept> kept = table.find(digest);
        // Where it cannot be said any more, another record was faster, or its time is over.
        return kept.isPresent()
                && (kept.get().referred()
                        || table.refer(digest)
                        || table.find(digest).isPresent());
    }

    private UploadedObject object(Digest digest, UploadTable.Kept kept) {
        return new UploadedObject(digest, kept.bytes(), offset -> {
            InputStream sealed = objects.get(FOLDER + kept.name(), Spool.sealedOffset(offset))
                    .orElseThrow(() -> new FileNotFoundException(
                            "the uploaded object " + kept.name() + " is gone from the object store"));
            return Spool.unseal(sealed, kept.name(), keys.open(kept.name(), kept.key()), kept.bytes(), offset);
        });
    }

    /**
     * Takes away what an earlier process left half done. Before the first upload.
     *
     * @throws IOException if the disk cannot be read
     */
    void sweep() throws IOException {
        spool.sweep(Set.of());
        for (String name : table.unsettled()) {
            remove(name);
        }
    }

    /**
     * Takes away what came before a time and no record refers to. An end of the process in between leaves what the next
     * start sweeps.
     *
     * @return how many
     */
    int forget(long before) {
        int forgotten = 0;
        for (String name : table.unreferred(before)) {
            if (table.unsettle(name, before)) {
                remove(name);
                forgotten++;
            }
        }
        return forgotten;
    }

    private void remove(String name) {
        try {
            objects.delete(FOLDER + name);
            table.delete(name);
        } catch (IOException e) {
            LOG.warn("An unfinished upload stays until the next start", e);
        }
    }
}
