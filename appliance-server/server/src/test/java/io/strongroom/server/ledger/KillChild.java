package io.strongroom.server.ledger;

import io.strongroom.evidence.Origin;
import io.strongroom.server.database.DatabaseLocation;
import io.strongroom.server.database.DatabaseLocation.Credentials;
import io.strongroom.server.database.JdbcDatabase;
import io.strongroom.server.database.TestDatabases;
import io.strongroom.server.keys.LocalKeys;
import io.strongroom.server.objects.FolderObjectStore;
import io.strongroom.server.privacy.SubjectKeys;
import io.strongroom.server.record.Draft;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/**
 * A process of its own that appends until it is killed, and says on its standard output what was acknowledged:
 * {@code source sourceSeq seq digest}, a line each; and, of each call whose records are all new, {@code rode source from count}
 * and a full stop: the row that rides with them.
 *
 * <p>Arguments: folder, round, then nothing for H2 or URL, owner, owner's password, app's password for PostgreSQL.
 */
public final class KillChild {
    static final int WRITERS = 4;
    static final long ROUND = 1_000_000;
    private static final Origin ORIGIN = new Origin("strongroom.test/acme/01234567");
    private static final int REPEATED = 300;

    private KillChild() {}

    static DatabaseLocation location(Path folder, List<String> more) {
        return more.isEmpty()
                ? new DatabaseLocation.H2File(folder.resolve("strongroom"))
                : new DatabaseLocation.Postgres(more.get(0), new Credentials(more.get(1), more.get(2)), more.get(3));
    }

    /** Makes the keys that each process opens. */
    static void makeKeys(Path folder) throws IOException {
        LocalKeys.create(
                Files.createDirectories(folder.resolve("keys")), ORIGIN, Clock.systemUTC(), new SecureRandom());
    }

    private static LocalKeys keys(Path folder) throws IOException {
        return LocalKeys.open(folder.resolve("keys"), ORIGIN, Clock.systemUTC(), new SecureRandom());
    }

    static OpenLedger open(JdbcDatabase database, Path folder) throws IOException {
        OpenLedger ledger = OpenLedger.open(
                new OpenLedger.Parts(
                        LedgerSettings.DEFAULT,
                        database,
                        TestDatabases.TENANT,
                        new Drafts(),
                        keys(folder),
                        new FolderObjectStore(folder.resolve("objects")),
                        Clock.systemUTC(),
                        System::nanoTime,
                        new HardHalt()),
                OpenLedger.store(database, TestDatabases.TENANT));
        ledger.start();
        return ledger;
    }

    public static void main(String[] arguments) throws IOException {
        List<String> all = List.of(arguments);
        Path folder = Path.of(all.get(0));
        long round = Long.parseLong(all.get(1));
        JdbcDatabase database = JdbcDatabase.open(location(folder, all.subList(2, all.size())), TestDatabases.TENANT);
        OpenLedger ledger = open(database, folder);
        LocalKeys keys = keys(folder);
        SubjectKeys subjects = new SubjectKeys(database, keys.wrapping(), keys);
        for (int writer = 0; writer < WRITERS; writer++) {
            String source = "writer-" + writer;
            Thread.ofPlatform().name(source).start(() -> write(ledger, subjects, source, round));
        }
    }

    private static void write(OpenLedger ledger, SubjectKeys subjects, String source, long round) {
        Drafts drafts = new Drafts();
        Random random = new Random();
        // What the process before may have been asked for as it died: an answer was given, or none.
        if (round > 0) {
            append(ledger, drafts, subjects, source, (round - 1) * ROUND, REPEATED);
        }
        long next = round * ROUND;
        while (true) {
            int count = 1 + random.nextInt(200);
            append(ledger, drafts, subjects, source, next, count);
            next += count;
        }
    }

    private static void append(
            OpenLedger ledger, Drafts drafts, SubjectKeys subjects, String source, long from, int count) {
        List<Draft> batch = new ArrayList<>();
        for (long sequence = from; sequence < from + count; sequence++) {
            // Nearly every other record is the first of its subject, and writers meet the same subjects.
            batch.add(drafts.hiding(source, sequence, subjects.sealed("subject-" + sequence / 2)));
        }
        StringBuilder lines = new StringBuilder();
        String row = source + " " + from + " " + count;
        boolean all = true;
        long sequence = from;
        for (CompletableFuture<AppendOutcome> answer :
                ledger.sequencer().append(batch, List.of(LedgerFixture.riding(row)))) {
            all &= answer.join() instanceof AppendOutcome.Appended;
            Receipt receipt = LedgerFixture.receipt(answer.join());
            lines.append(source)
                    .append(' ')
                    .append(sequence++)
                    .append(' ')
                    .append(receipt.seq())
                    .append(' ')
                    .append(receipt.recordDigest().hex())
                    .append('\n');
        }
        if (all) {
            lines.append("rode ").append(row).append(" .\n");
        }
        synchronized (System.out) {
            System.out.print(lines);
            System.out.flush();
        }
    }
}
