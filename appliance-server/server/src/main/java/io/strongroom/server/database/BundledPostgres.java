package io.strongroom.server.database;

import io.strongroom.server.database.DatabaseLocation.Credentials;
import io.strongroom.server.database.DatabaseLocation.Postgres;
import io.strongroom.server.database.PostgresPrograms.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL of the appliance's own, on loopback, in a folder that stays: for trying out and for tests.
 *
 * <p>It runs in a session of its own, so that a Ctrl-C meant for the appliance does not end it first. One that a killed
 * appliance left behind is stopped, then started anew. One that ends though nobody stopped it is started again at the same
 * address, for as long as that takes: whoever used it finds what was committed, and asks as after any broken connection.
 */
public final class BundledPostgres implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BundledPostgres.class);
    private static final String SUPERUSER = "postgres";
    private static final String OWNER = "strongroom_owner";
    private static final int STARTS = 3;
    private static final int SECRET_BYTES = 24;
    private static final long FIRST_PAUSE_MILLIS = 500;
    private static final long LAST_PAUSE_MILLIS = 30_000;
    private static final long MOST_LOG_BYTES = 16L << 20;
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Path folder;
    private final String secret;
    private final PostgresPrograms programs;
    private final PostgresLog log;
    private final Duration look;
    private final CountDownLatch closed = new CountDownLatch(1);
    private int port;

    private BundledPostgres(Path folder, String secret, PostgresPrograms programs, long mostLogBytes, Duration look) {
        this.folder = folder;
        this.secret = secret;
        this.programs = programs;
        this.log = new PostgresLog(folder.resolve("server.log"), mostLogBytes);
        this.look = look;
    }

    /**
     * Starts the server on the data in {@code folder}, made first if there is none.
     *
     * @throws IOException if it does not come up; the message says why
     */
    public static BundledPostgres start(Path folder) throws IOException {
        return start(folder, PostgresBinaries.unpacked(), MOST_LOG_BYTES, LOOK);
    }

    /**
     * As above.
     *
     * @param home of the programs
     * @param look so often it is looked whether it still runs, and whether its log is too long
     */
    static BundledPostgres start(Path folder, Path home, long mostLogBytes, Duration look) throws IOException {
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path absolute = folder.toRealPath();
        PostgresPrograms programs = new PostgresPrograms(home, absolute);
        BundledPostgres postgres =
                new BundledPostgres(absolute, secret(absolute.resolve("secret")), programs, mostLogBytes, look);
        postgres.initialise();
        postgres.startSomewhere();
        try {
            postgres.ensureOwner();
            Thread.ofPlatform().daemon().name("postgres-watch").start(postgres::stayUp);
        } catch (SQLException e) {
            postgres.close();
            throw new IOException("the PostgreSQL in " + absolute + " refuses its own secret: " + e.getMessage(), e);
        }
        return postgres;
    }

    /** Where the named database is; it is made, owned by the owner's role, if there is none. */
    public Postgres database(String name) throws SQLException {
        if (!name.matches("[a-z][a-z0-9_]{0,62}")) {
            throw new IllegalArgumentException("not a database name: " + name);
        }
        try (Connection connection = connect(SUPERUSER);
                Statement statement = connection.createStatement()) {
            boolean there;
            try (ResultSet rows = statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = '" + name + "'")) {
                there = rows.next();
            }
            if (!there) {
                statement.execute("CREATE DATABASE " + name + " OWNER " + OWNER);
            }
        }
        return new Postgres(url(name), new Credentials(OWNER, secret), secret);
    }

    private void initialise() throws IOException {
        Path data = folder.resolve("data");
        if (Files.exists(data.resolve("PG_VERSION")) && Files.exists(folder.resolve("initialised"))) {
            return;
        }
        if (Files.exists(data)) {
            throw new IOException("the folder " + data + " was left half made; remove it and start again");
        }
        Answer answer = programs.ask(
                "initdb",
                List.of(
                        "-D",
                        data.toString(),
                        "-U",
                        SUPERUSER,
                        "-A",
                        "scram-sha-256",
                        "--pwfile=" + folder.resolve("secret"),
                        "-E",
                        "UTF-8",
                        "--locale=C"));
        if (answer.exit() != 0) {
            throw new IOException("initdb failed: " + answer.output());
        }
        Files.createFile(folder.resolve("initialised"));
    }

    private void startSomewhere() throws IOException {
        if (running()) {
            control("stop", "-m", "fast", "-w");
        }
        for (int i = 1; ; i++) {
            port = freePort();
            try {
                startServer();
                return;
            } catch (IOException e) {
                if (i == STARTS) {
                    throw e;
                }
            }
        }
    }

    private boolean running() throws IOException {
        return control("status").exit() == 0;
    }

    private void startServer() throws IOException {
        cutLog();
        String options = "-p " + port
                + " -c listen_addresses=127.0.0.1 -c unix_socket_directories="
                + " -c max_connections=60 -c jit=off -c max_wal_size=4GB -c shared_buffers=256MB";
        Answer answer = control("start", "-w", "-t", "60", "-l", log.file().toString(), "-o", options);
        if (answer.exit() != 0) {
            throw new IOException("PostgreSQL does not start; see " + log.file() + ": " + answer.output());
        }
    }

    private void stayUp() {
        try {
            while (closed.getCount() > 0) {
                Optional<ProcessHandle> server = postmaster();
                if (server.isPresent()) {
                    watch(server.get());
                }
                long pause = FIRST_PAUSE_MILLIS;
                while (!closed.await(pause, TimeUnit.MILLISECONDS) && !startedAgain()) {
                    pause = Math.min(2 * pause, LAST_PAUSE_MILLIS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Until the process has ended, or nobody needs it any more; its log is held to its length meanwhile. */
    private void watch(ProcessHandle server) throws InterruptedException {
        while (!closed.await(look.toMillis(), TimeUnit.MILLISECONDS) && server.isAlive()) {
            cutLog();
        }
    }

    private void cutLog() {
        try {
            log.cut();
        } catch (IOException e) {
            LOG.warn("the log of the appliance's own PostgreSQL is too long and was not put aside: {}", e.toString());
        }
    }

    /** Its main process, which names itself in a file's first line; empty if it has ended, or the file is not whole. */
    private Optional<ProcessHandle> postmaster() {
        try (Stream<String> lines = Files.lines(folder.resolve("data/postmaster.pid"))) {
            return lines.findFirst().map(String::strip).map(Long::valueOf).flatMap(ProcessHandle::of);
        } catch (IOException | UncheckedIOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** PostgreSQL itself refuses to start while a session of the one before still runs: no commit is under way then. */
    private synchronized boolean startedAgain() {
        if (closed.getCount() == 0) {
            return true;
        }
        try {
            if (!running()) {
                LOG.error("the appliance's own PostgreSQL has ended and is started again; {} may say why", log.file());
                startServer();
            }
            return true;
        } catch (IOException e) {
            LOG.error("the appliance's own PostgreSQL is down and is tried again: {}", e.getMessage());
            return false;
        }
    }

    private void ensureOwner() throws SQLException {
        try (Connection connection = connect(SUPERUSER);
                Statement statement = connection.createStatement()) {
            boolean there;
            try (ResultSet rows = statement.executeQuery("SELECT 1 FROM pg_roles WHERE rolname = '" + OWNER + "'")) {
                there = rows.next();
            }
            if (!there) {
                statement.execute("CREATE ROLE " + OWNER + " LOGIN CREATEROLE NOSUPERUSER PASSWORD "
                        + PostgresRoles.literal(secret));
            }
        }
    }

    private Connection connect(String user) throws SQLException {
        return DriverManager.getConnection(url("postgres"), user, secret);
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /** Ends the sessions that are left, writes everything out, and stops. */
    @Override
    public void close() {
        closed.countDown();
        stop();
    }

    private synchronized void stop() {
        try {
            Answer answer = control("stop", "-m", "fast", "-w", "-t", "60");
            if (answer.exit() != 0 && running()) {
                throw new IllegalStateException("PostgreSQL did not stop: " + answer.output());
            }
        } catch (IOException e) {
            throw new IllegalStateException("PostgreSQL did not stop: " + e.getMessage(), e);
        }
    }

    private Answer control(String verb, String... options) throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of(verb, "-D", folder.resolve("data").toString()));
        arguments.addAll(List.of(options));
        return programs.ask("pg_ctl", arguments);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String secret(Path file) throws IOException {
        if (Files.exists(file)) {
            return Files.readString(file, StandardCharsets.US_ASCII).strip();
        }
        byte[] bytes = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(bytes);
        String secret = HexFormat.of().formatHex(bytes);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, secret, StandardCharsets.US_ASCII, StandardOpenOption.TRUNCATE_EXISTING);
        return secret;
    }
}
