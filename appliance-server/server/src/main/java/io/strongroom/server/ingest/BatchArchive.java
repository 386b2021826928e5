package io.strongroom.server.ingest;

import io.strongroom.api.ProblemType;
import io.strongroom.evidence.Digest;
import io.strongroom.evidence.TenantId;
import io.strongroom.evidence.batch.BatchLayout;
import io.strongroom.server.database.Database;
import io.strongroom.server.ledger.RidingRow;
import io.strongroom.server.objects.ObjectStore;
import io.strongroom.server.objects.ObjectStore.Protection;
import io.strongroom.server.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the signed bytes of device batches for ever, as objects by their digest, under object lock where the store has
 * it: they hold names, sequences and digests, and nothing of a line.
 *
 * <p>They come into the database first, in the transaction that writes the batch's records, and are {@linkplain #move
 * moved} to the object store soon after. At each moment they are in one of the two, or in both.
 */
final class BatchArchive implements AutoCloseable {
    /** How many may wait for the object store before no more are taken. */
    static final int MOST_WAITING = 10_000;

    private static final int PORTION = 64;
    private static final int PUTS_AT_ONCE = 8;
    private static final Duration LATER = Duration.ofSeconds(5);

    private final Database database;
    private final String tenant;
    private final ObjectStore objects;
    private final String insert;
    private final ExecutorService puts = Executors.newFixedThreadPool(
            PUTS_AT_ONCE, Thread.ofVirtual().name("batch-put-", 0).factory());

    /** About how many wait: told anew whenever none does. */
    private final AtomicInteger waiting = new AtomicInteger();

    BatchArchive(Database database, TenantId tenant, ObjectStore objects) {
        this.database = database;
        this.tenant = tenant.value();
        this.objects = objects;
        this.insert = insert(database.engine());
    }

    private static String insert(Database.Engine engine) {
        String columns = "device_batch_signed (tenant_id, digest, cose) ";
        return switch (engine) {
            case POSTGRESQL -> "INSERT INTO " + columns + "VALUES (?, ?, ?) ON CONFLICT (digest) DO NOTHING";
            case H2 -> "MERGE INTO " + columns + "KEY (digest) VALUES (?, ?, ?)";
        };
    }

    /**
     * Makes sure that the object store is not too far behind.
     *
     * @throws ProblemException {@code storage-unavailable} if it is
     */
    void requireRoom() {
        if (waiting.get() >= MOST_WAITING) {
            throw unavailable(null);
        }
    }

    private static ProblemException unavailable(@Nullable Throwable cause) {
        String detail = "The object store does not take the signed bytes of batches now.";
        ProblemException problem = cause == null
                ? new ProblemException(ProblemType.STORAGE_UNAVAILABLE, detail)
                : new ProblemException(ProblemType.STORAGE_UNAVAILABLE, detail, cause);
        return problem.retryAfter(LATER);
    }

    /** The signed bytes of a batch, as a row that rides with its records. */
    RidingRow row(Digest digest, byte[] cose) {
        return new RidingRow(insert, List.of(tenant, digest.bytes(), cose));
    }

    /** To be called once a {@link #row} is durable. */
    void written() {
        waiting.incrementAndGet();
    }

    /** The signed bytes of a batch. */
    Optional<byte[]> find(Digest digest) throws IOException {
        // In this order: what leaves the one is in the other by then.
        Optional<byte[]> here = database.read(connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("SELECT cose FROM device_batch_signed WHERE digest = ?")) {
                select.setBytes(1, digest.bytes());
                try (ResultSet row = select.executeQuery()) {
                    return row.next() ? Optional.of(row.getBytes(1)) : Optional.empty();
                }
            }
        });
        if (here.isPresent()) {
            return here;
        }
        Optional<InputStream> stored = objects.get(name(digest), 0);
        if (stored.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream in = stored.get()) {
            return Optional.of(in.readNBytes(BatchLayout.MOST_BYTES));
        }
    }

    /**
     * Whether the batch came before.
     *
     * @throws ProblemException {@code storage-unavailable} if that cannot be told now
     */
    boolean has(Digest digest) {
        try {
            return find(digest).isPresent();
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    /**
     * Moves some of what waits to the object store. Killed in between, it is put there once more, which changes nothing.
     *
     * @return whether there may be more
     * @throws IOException if the store did not take one of them; the others are moved
     */
    boolean move() throws IOException, InterruptedException {
        List<Signed> some = some();
        if (some.isEmpty()) {
            waiting.set(0);
            return false;
        }
        List<Digest> there = new ArrayList<>(some.size());
        IOException failure = null;
        List<Callable<Digest>> work =
                some.stream().<Callable<Digest>>map(each -> () -> put(each)).toList();
        for (Future<Digest> put : puts.invokeAll(work)) {
            try {
                there.add(put.get());
            } catch (ExecutionException e) {
                failure = new IOException("the signed bytes of a batch could not be stored", e.getCause());
            }
        }
        remove(there);
        waiting.addAndGet(-there.size());
        if (failure != null) {
            throw failure;
        }
        return some.size() == PORTION;
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Signed(Digest digest, byte[] cose) {}

    private List<Signed> some() {
        return database.read(connection -> {
            List<Signed> some = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement(
                            "SELECT digest, cose FROM device_batch_signed FETCH FIRST " + PORTION + " ROWS ONLY");
                    ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    some.add(new Signed(Digest.ofBytes(rows.getBytes(1)), rows.getBytes(2)));
                }
            }
            return some;
        });
    }

    private Digest put(Signed signed) throws IOException {
        objects.put(name(signed.digest), signed.cose, Protection.LOCKED);
        return signed.digest;
    }

    private void remove(List<Digest> digests) {
        database.write(connection -> {
            try (PreparedStatement delete =
                    connection.prepareStatement("DELETE FROM device_batch_signed WHERE digest = ?")) {
                for (Digest digest : digests) {
                    delete.setBytes(1, digest.bytes());
                    delete.addBatch();
                }
                return delete.executeBatch().length;
            }
        });
    }

    /** A folder for each first byte, so that none grows beyond what a file system likes. */
    static String name(Digest digest) {
        String hex = digest.hex();
        return "batches/" + hex.substring(0, 2) + "/" + hex;
    }

    @Override
    public void close() {
        puts.close();
    }
}
