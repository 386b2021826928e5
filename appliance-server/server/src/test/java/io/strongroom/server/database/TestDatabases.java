package io.strongroom.server.database;

import io.strongroom.evidence.TenantId;
import io.strongroom.server.database.DatabaseLocation.H2File;
import io.strongroom.server.database.DatabaseLocation.Postgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Databases for tests, with the tables of all slices, for the tenant {@link #TENANT}. The caller closes them. */
public final class TestDatabases {
    public static final TenantId TENANT = new TenantId("acme");

    private static final AtomicInteger COUNT = new AtomicInteger();

    private static @Nullable BundledPostgres postgres;

    private TestDatabases() {}

    /** An H2 file in {@code folder}; opened a second time, the same one. */
    public static JdbcDatabase h2(Path folder) {
        return JdbcDatabase.open(new H2File(folder.resolve("strongroom")), TENANT);
    }

    /** A fresh database on the PostgreSQL that this JVM's tests share. */
    public static JdbcDatabase postgres() {
        return JdbcDatabase.open(freshPostgres(), TENANT);
    }

    /** Where a fresh, empty database is, for a test that opens it more than once. */
    public static Postgres freshPostgres() {
        try {
            return server().database("test_" + COUNT.incrementAndGet());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The PostgreSQL server that this JVM's tests share; stopped and removed when the JVM ends. */
    public static synchronized BundledPostgres server() {
        BundledPostgres running = postgres;
        if (running == null) {
            try {
                Path folder = Files.createTempDirectory("strongroom-postgres-");
                running = BundledPostgres.start(folder);
                BundledPostgres started = running;
                Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                    started.close();
                    delete(folder);
                }));
                postgres = running;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return running;
    }

    private static void delete(Path folder) {
        try (Stream<Path> paths = Files.walk(folder)) {
            List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
