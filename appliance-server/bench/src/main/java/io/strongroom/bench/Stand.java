package io.strongroom.bench;

import io.strongroom.api.Scope;
import io.strongroom.api.TokenRequest;
import io.strongroom.api.client.StrongroomClient;
import io.strongroom.server.database.BundledPostgres;
import io.strongroom.server.database.DatabaseLocation.Postgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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
    private final StrongroomClient administrator;
    private final String token;

    private Stand(Path folder, List<String> options) throws IOException, SQLException, InterruptedException {
        this.folder = folder;
        this.postgres = BundledPostgres.start(folder.resolve("postgres"));
        this.ours = postgres.database("strongroom");
        this.theirs = postgres.database("peer");
        this.peer = new PostgresPeer(
                theirs.url(),
                theirs.owner().user(),
                String.valueOf(theirs.owner().password()));
        List<String> all = new ArrayList<>(options);
        all.addAll(List.of("--database-url", ours.url()));
        all.addAll(List.of("--database-owner", ours.owner().user()));
        all.addAll(List.of("--set", "database.owner-password=" + ours.owner().password()));
        all.addAll(List.of("--set", "database.app-password=" + ours.appPassword()));
        all.addAll(List.of("--set", "rate.per-second=1000000", "--set", "rate.burst=1000000"));
        List<String> jvm = new ArrayList<>(Appliance.thisClassPath());
        jvm.add("-Xmx1g");
        this.appliance = Appliance.start(folder.resolve("data"), jvm, all);
        this.administrator = appliance.administrator();
        this.token = String.valueOf(administrator
                .tokens()
                .create(new TokenRequest("bench", Set.of(Scope.values()), sources(), 1))
                .token());
    }

    /** Starts it all; says what it does. */
    static Stand start(Report report) throws IOException, SQLException, InterruptedException {
        report.say("starting PostgreSQL (fsync on) and an appliance on it");
        return new Stand(Files.createTempDirectory("strongroom-bench"), List.of());
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
        administrator.close();
        appliance.close();
        postgres.close();
        delete(folder);
    }

    private static void delete(@Nullable Path folder) throws IOException {
        if (folder == null) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
