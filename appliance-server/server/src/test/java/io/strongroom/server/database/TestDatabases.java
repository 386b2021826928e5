package io.strongroom.server.database;

import static java.util.Objects.requireNonNull;

import io.strongroom.evidence.TenantId;
import io.strongroom.server.database.DatabaseLocation.H2File;
import io.strongroom.server.database.DatabaseLocation.Postgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Databases for tests, with the tables of all slices, for the tenant {@link #TENANT}. The caller closes them. */
public final class TestDatabases {
    public static final TenantId TENANT = new TenantId("acme");

    private static final AtomicInteger COUNT = new AtomicInteger();

    /**
     * Lets anyone into what {@link #postgres} makes, who opens half a dozen connections for each test: to stretch a password
     * for every one of them takes longer than most of the tests. Whatever else there is asks for it, as in production.
     */
    private static final String ADMISSION = "host \"/^test_\" all 127.0.0.1/32 trust\n";

    private static final String NAME = "strongroom";
    private static final String H2_FILE = NAME + ".mv.db";

    // Guarded by the class; made when first asked for.
    private static @Nullable BundledPostgres postgres;
    private static @Nullable Postgres postgresTemplate;
    private static @Nullable Connection superuser;
    private static @Nullable Path h2Template;

    private TestDatabases() {}

    /** An H2 file in {@code folder}; opened a second time, the same one. */
    public static JdbcDatabase h2(Path folder) {
        try {
            Path file = folder.resolve(H2_FILE);
            if (!Files.exists(file)) {
                Files.createDirectories(folder);
                Files.copy(h2Template(), file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return JdbcDatabase.open(new H2File(folder.resolve(NAME)), TENANT);
    }

    /** An H2 file with the tables, made once: a copy is there sooner than the tables are. */
    private static synchronized Path h2Template() throws IOException {
        Path made = h2Template;
        if (made == null) {
            Path folder = Files.createTempDirectory("strongroom-h2-");
            JdbcDatabase.open(new H2File(folder.resolve(NAME)), TENANT).close();
            made = folder.resolve(H2_FILE);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
            h2Template = made;
        }
        return made;
    }

    /** A fresh database on the PostgreSQL that this JVM's tests share. */
    public static JdbcDatabase postgres() {
        String name = "test_" + COUNT.incrementAndGet();
        Postgres template = fromTemplate(name);
        return JdbcDatabase.open(
                new Postgres(at(template.url(), name), template.owner(), template.appPassword()), TENANT);
    }

    private static synchronized Postgres fromTemplate(String name) {
        try {
            Postgres template = postgresTemplate();
            try (Statement statement = requireNonNull(superuser).createStatement()) {
                statement.execute("CREATE DATABASE " + name + " TEMPLATE " + NAME + " OWNER "
                        + template.owner().user());
            }
            return template;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A database with the tables, made once and open nowhere. */
    private static Postgres postgresTemplate() throws SQLException {
        Postgres made = postgresTemplate;
        if (made == null) {
            made = server().database(NAME);
            JdbcDatabase.open(made, TENANT).close();
            superuser = DriverManager.getConnection(at(made.url(), "postgres"), "postgres", made.appPassword());
            try (Statement statement = superuser.createStatement()) {
                statement.execute("SELECT pg_reload_conf()");
            }
            postgresTemplate = made;
        }
        return made;
    }

    private static String at(String url, String database) {
        return url.substring(0, url.lastIndexOf('/') + 1) + database;
    }

    /** Where a fresh, empty database is, for a test that opens it more than once. */
    public static Postgres freshPostgres() {
        try {
            return server().database("fresh_" + COUNT.incrementAndGet());
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
                Path rules = folder.resolve("data/pg_hba.conf");
                Files.writeString(rules, ADMISSION + Files.readString(rules));
                BundledPostgres started = running;
                Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                    quit(folder);
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

    /**
     * Ends it at once: a tidy stop first brings to disk what is in hundreds of databases, which takes twenty seconds, and all of
     * it is deleted next. Where there is no {@code kill} it stops tidily.
     */
    private static void quit(Path folder) {
        try {
            String server =
                    Files.readAllLines(folder.resolve("data/postmaster.pid")).getFirst();
            var unused =
                    new ProcessBuilder("kill", "-QUIT", server.strip()).start().waitFor();
        } catch (IOException e) {
            System.err.println("PostgreSQL is stopped tidily, which takes its time: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
