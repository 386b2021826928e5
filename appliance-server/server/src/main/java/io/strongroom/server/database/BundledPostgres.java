package io.strongroom.server.database;

import io.strongroom.server.database.DatabaseLocation.Credentials;
import io.strongroom.server.database.DatabaseLocation.Postgres;
import java.io.IOException;
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
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A PostgreSQL of the appliance's own, on loopback, in a folder that stays: for trying out and for tests.
 *
 * <p>It runs in a session of its own, so that a Ctrl-C meant for the appliance does not end it first. One that a killed
 * appliance left behind is stopped, then started anew.
 */
public final class BundledPostgres implements AutoCloseable {
    private static final String SUPERUSER = "postgres";
    private static final String OWNER = "strongroom_owner";
    private static final int STARTS = 3;
    private static final int COMMAND_SECONDS = 120;
    private static final int SECRET_BYTES = 24;

    private final Path home;
    private final Path folder;
    private final String secret;
    private int port;

    private BundledPostgres(Path home, Path folder, String secret) {
        this.home = home;
        this.folder = folder;
        this.secret = secret;
    }

    /**
     * Starts the server on the data in {@code folder}, made first if there is none.
     *
     * @throws IOException if it does not come up; the message says why
     */
    public static BundledPostgres start(Path folder) throws IOException {
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path absolute = folder.toRealPath();
        Path home = PostgresBinaries.unpacked();
        BundledPostgres postgres = new BundledPostgres(home, absolute, secret(absolute.resolve("secret")));
        postgres.initialise();
        postgres.startServer();
        try {
            postgres.ensureOwner();
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
        run(
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
        Files.createFile(folder.resolve("initialised"));
    }

    private void startServer() throws IOException {
        if (control("status").exit == 0) {
            control("stop", "-m", "fast", "-w");
        }
        Answer last = null;
        for (int i = 0; i < STARTS; i++) {
            port = freePort();
            String options = "-p " + port
                    + " -c listen_addresses=127.0.0.1 -c unix_socket_directories="
                    + " -c max_connections=60 -c jit=off -c max_wal_size=4GB -c shared_buffers=256MB";
            last = control(
                    "start",
                    "-w",
                    "-t",
                    "60",
                    "-l",
                    folder.resolve("server.log").toString(),
                    "-o",
                    options);
            if (last.exit == 0) {
                return;
            }
        }
        throw new IOException("PostgreSQL does not start; see " + folder.resolve("server.log")
                + (last == null ? "" : ": " + last.output));
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
        try {
            Answer answer = control("stop", "-m", "fast", "-w", "-t", "60");
            if (answer.exit != 0) {
                throw new IllegalStateException("PostgreSQL did not stop: " + answer.output);
            }
        } catch (IOException e) {
            throw new IllegalStateException("PostgreSQL did not stop: " + e.getMessage(), e);
        }
    }

    private record Answer(int exit, String output) {}

    private Answer control(String verb, String... options) throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of(verb, "-D", folder.resolve("data").toString()));
        arguments.addAll(List.of(options));
        return ask("pg_ctl", arguments);
    }

    private void run(String program, List<String> arguments) throws IOException {
        Answer answer = ask(program, arguments);
        if (answer.exit != 0) {
            throw new IOException(program + " failed: " + answer.output);
        }
    }

    private Answer ask(String program, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            // PostgreSQL refuses to run as root; in a user namespace of its own it is nobody, on files that look so
            // too.
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(home.resolve("bin").resolve(program).toString());
        command.addAll(arguments);
        // Into a file, not a pipe: the server inherits it and would keep a pipe open for as long as it lives.
        Path output = Files.createTempFile(folder, program, ".out");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(COMMAND_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(program + " did not end within " + COMMAND_SECONDS + " s");
            }
            return new Answer(
                    process.exitValue(), Files.readString(output).strip().replaceAll("\\s*\\R\\s*", "; "));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + program + " ran", e);
        } finally {
            Files.deleteIfExists(output);
        }
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
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
