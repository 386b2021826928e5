package io.strongroom.bench;

import io.strongroom.api.Scope;
import io.strongroom.api.TokenRequest;
import io.strongroom.api.client.StrongroomClient;
import io.strongroom.server.database.BundledPostgres;
import io.strongroom.server.database.DatabaseLocation.Postgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * What a measurement stands on: a PostgreSQL with its production settings for durability, an appliance on it, a token
 * that may do everything, and the peer's own database on the same server. All of it in one folder, gone at the end.
 */
final class Stand implements AutoCloseable {
    static final String SOURCE = "bench";
    static final int SOURCES = 70;

    private final Path folder;
    private final BundledPostgres postgres;
    private final Postgres ours;
    private final Postgres theirs;
    private final PostgresPeer peer;
    private final Appliance appliance;
    private final String administratorToken;
    private final StrongroomClient administrator;
    private final String token;

    // Stopped before the PostgreSQL that they stand on.
    private final List<Appliance> others = new CopyOnWriteArrayList<>();

    // For whoever stops the program in the middle: neither server is to stay.
    private final Thread atExit = new Thread(this::stopAtExit, "stand-stop");

    private Stand(
            Path folder,
            BundledPostgres postgres,
            Postgres ours,
            Postgres theirs,
            Appliance appliance,
            String administratorToken) {
        this.folder = folder;
        this.postgres = postgres;
        this.ours = ours;
        this.theirs = theirs;
        this.peer = new PostgresPeer(
                theirs.url(),
                theirs.owner().user(),
                String.valueOf(theirs.owner().password()));
        this.appliance = appliance;
        this.administratorToken = administratorToken;
        this.administrator = appliance.client(administratorToken);
        this.token = String.valueOf(administrator
                .tokens()
                .create(new TokenRequest("bench", Set.of(Scope.values()), sources(), 1))
                .token());
    }

    /** Starts it all, and says so; stops what it started where something fails. */
    static Stand start(Report report) throws IOException, SQLException, InterruptedException {
        return start(report, List.of());
    }

    /** The same, with further options of the server. */
    static Stand start(Report report, List<String> more) throws IOException, SQLException, InterruptedException {
        report.say("starting PostgreSQL (fsync on) and an appliance on it");
        Path folder = Files.createTempDirectory("strongroom-bench");
        BundledPostgres postgres = BundledPostgres.start(folder.resolve("postgres"));
        try {
            Postgres ours = postgres.database("strongroom");
            Appliance appliance = Appliance.start(
                    folder.resolve("data"),
                    Stream.concat(options(ours).stream(), more.stream()).toList());
            try {
                Stand stand = new Stand(
                        folder, postgres, ours, postgres.database("peer"), appliance, appliance.administratorToken());
                Runtime.getRuntime().addShutdownHook(stand.atExit);
                return stand;
            } catch (SQLException | RuntimeException e) {
                appliance.close();
                throw e;
            }
        } catch (IOException | SQLException | RuntimeException e) {
            postgres.close();
            delete(folder);
            throw e;
        }
    }

    private static List<String> options(Postgres database) {
        return List.of(
                "--database-url",
                database.url(),
                "--database-owner",
                database.owner().user(),
                "--set",
                "database.owner-password=" + database.owner().password(),
                "--set",
                "database.app-password=" + database.appPassword(),
                "--set",
                "rate.per-second=1000000",
                "--set",
                "rate.burst=1000000");
    }

    private static List<String> sources() {
        return Stream.iterate(0, i -> i + 1)
                .limit(SOURCES)
                .map(i -> SOURCE + "-" + i)
                .toList();
    }

    Appliance appliance() {
        return appliance;
    }

    String administratorToken() {
        return administratorToken;
    }

    /** A client of the appliance's bootstrap administrator. */
    StrongroomClient administrator() {
        return administrator;
    }

    /** A device that enrolled at the appliance, and sends lines of about {@code bytes}. */
    BenchDevice device(int lines, int bytes) throws IOException, InterruptedException, GeneralSecurityException {
        return appliance.device(administratorToken, lines, bytes);
    }

    /** Starts another appliance, with a database of its own on the same PostgreSQL; it is stopped with the stand. */
    Appliance another(String name) throws IOException, SQLException, InterruptedException {
        Appliance other = Appliance.start(folder.resolve(name), options(postgres.database(name)));
        others.add(other);
        return other;
    }

    PostgresPeer peer() {
        return peer;
    }

    Postgres peerDatabase() {
        return theirs;
    }

    /** A connection to the appliance's own database, as its owner: for peers that read the same rows. */
    Connection connectOurs() throws SQLException {
        return DriverManager.getConnection(
                ours.url(), ours.owner().user(), String.valueOf(ours.owner().password()));
    }

    Path data() {
        return folder.resolve("data");
    }

    Path folder() {
        return folder;
    }

    String token() {
        return token;
    }

    StrongroomClient client() {
        return appliance.client(token);
    }

    /** Bytes of all files under {@code folder}. */
    static long bytesUnder(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    @Override
    public void close() throws IOException {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException stopping) {
            // It is at work already, on the same folder.
            return;
        }
        administrator.close();
        stop();
    }

    private void stopAtExit() {
        try {
            stop();
        } catch (IOException e) {
            System.err.println("left behind: " + folder + " (" + e.getMessage() + ")");
        }
    }

    private void stop() throws IOException {
        stopServers();
        delete(folder);
    }

    /** Stops all that runs here. What lies in the folder stays until this is closed. */
    void stopServers() {
        others.forEach(Appliance::close);
        appliance.close();
        postgres.close();
    }

    static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
