package io.strongroom.server.policy.repository;

import io.strongroom.evidence.TenantId;
import io.strongroom.server.database.Database;
import io.strongroom.server.objects.ObjectStore;
import io.strongroom.server.objects.ObjectStore.Protection;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.BundleWriter;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TransportBundleStream;
import org.eclipse.jgit.transport.URIish;

/**
 * Copies of the repository in the object store, each a git bundle with all branches, and the table that tells which is the
 * newest. A row without its time is of a copy that was cut off; it is taken away with the next.
 */
final class Backups {
    /** The newest and the one before it. */
    private static final int KEPT = 2;

    private final Database database;
    private final String tenant;
    private final ObjectStore objects;
    private final InstantSource clock;
    private final Path aside;

    /** @param aside a folder for files that are being written */
    Backups(Database database, TenantId tenant, ObjectStore objects, InstantSource clock, Path aside) {
        this.database = database;
        this.tenant = tenant.value();
        this.objects = objects;
        this.clock = clock;
        this.aside = aside;
    }

    /**
     * A copy.
     *
     * @param heads the commit of each branch
     */
    record Backup(long number, SortedMap<String, String> heads) {
        String object() {
            return "policy/repository/" + number + ".bundle";
        }
    }

    /** The newest copy that is whole. */
    Optional<Backup> newest() {
        return database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement("SELECT number, heads FROM policy_backup"
                            + " WHERE stored_at IS NOT NULL ORDER BY number DESC FETCH FIRST 1 ROWS ONLY");
                    ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(new Backup(row.getLong(1), heads(row.getString(2)))) : Optional.empty();
            }
        });
    }

    private static SortedMap<String, String> heads(String text) {
        SortedMap<String, String> heads = new TreeMap<>();
        text.lines()
                .forEach(
                        line -> heads.put(line.substring(line.indexOf(' ') + 1), line.substring(0, line.indexOf(' '))));
        return heads;
    }

    /** Stores a copy, unless the newest has the same branches. Durable when this returns. */
    void store(Repository repository, SortedMap<String, String> heads) throws IOException {
        if (newest().filter(newest -> newest.heads().equals(heads)).isPresent()) {
            return;
        }
        Backup backup = new Backup(begin(heads), heads);
        // A database that was set back by a restore tells of fewer copies than there are.
        while (objects.length(backup.object()).isPresent()) {
            backup = new Backup(begin(heads), heads);
        }
        Path file = Files.createTempFile(aside, "repository-", ".bundle");
        try {
            try (OutputStream out = Files.newOutputStream(file)) {
                BundleWriter writer = new BundleWriter(repository);
                for (Map.Entry<String, String> head : heads.entrySet()) {
                    writer.include(head.getKey(), ObjectId.fromString(head.getValue()));
                }
                writer.writeBundle(NullProgressMonitor.INSTANCE, out);
            }
            try (InputStream in = Files.newInputStream(file)) {
                objects.put(backup.object(), in, Files.size(file), Protection.NONE);
            }
        } finally {
            Files.delete(file);
        }
        settle(backup.number());
        forgetBefore(backup.number());
    }

    private long begin(SortedMap<String, String> heads) {
        String text = heads.entrySet().stream()
                .map(head -> head.getValue() + " " + head.getKey())
                .collect(Collectors.joining("\n"));
        return database.durable(connection -> {
            long number = last(connection) + 1;
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO policy_backup (tenant_id, number, heads) VALUES (?, ?, ?)")) {
                insert.setString(1, tenant);
                insert.setLong(2, number);
                insert.setString(3, text);
                insert.executeUpdate();
            }
            return number;
        });
    }

    private static long last(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT max(number) FROM policy_backup");
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    private void settle(long number) {
        database.durable(connection -> {
            try (PreparedStatement update =
                    connection.prepareStatement("UPDATE policy_backup SET stored_at = ? WHERE number = ?")) {
                update.setLong(1, clock.millis());
                update.setLong(2, number);
                return update.executeUpdate();
            }
        });
    }

    /** The objects go first, so that none is left that nobody knows of. */
    private void forgetBefore(long number) throws IOException {
        for (long old : before(number)) {
            objects.delete(new Backup(old, new TreeMap<>()).object());
            database.write(connection -> {
                try (PreparedStatement delete =
                        connection.prepareStatement("DELETE FROM policy_backup WHERE number = ?")) {
                    delete.setLong(1, old);
                    return delete.executeUpdate();
                }
            });
        }
    }

    private List<Long> before(long number) {
        return database.read(connection -> {
            List<Long> cut = new ArrayList<>();
            List<Long> whole = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT number, stored_at FROM policy_backup WHERE number < ? ORDER BY number DESC")) {
                select.setLong(1, number);
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        long old = rows.getLong(1);
                        rows.getLong(2);
                        (rows.wasNull() ? cut : whole).add(old);
                    }
                }
            }
            cut.addAll(whole.subList(Math.min(KEPT - 1, whole.size()), whole.size()));
            return cut;
        });
    }

    /** Brings all branches of a copy into a repository. */
    void restore(Backup backup, Repository into) throws IOException {
        InputStream bundle = objects.get(backup.object(), 0)
                .orElseThrow(() -> new FileNotFoundException(
                        "the copy " + backup.object() + " of the policy's repository is gone from the object store"));
        try (bundle;
                TransportBundleStream transport =
                        new TransportBundleStream(into, new URIish("bundle://" + backup.number()), bundle)) {
            transport.fetch(NullProgressMonitor.INSTANCE, List.of(new RefSpec("+refs/heads/*:refs/heads/*")));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
