package io.strongroom.bench;

import io.strongroom.server.database.BundledPostgres;
import io.strongroom.server.database.DatabaseLocation.Postgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/** An appliance on a PostgreSQL, at ports that stay, which is killed and started again. */
final class ChaosServer implements AutoCloseable {
    private final Path folder;
    private final BundledPostgres postgres;
    private final List<String> options;
    private Appliance appliance;

    private ChaosServer(Path folder, BundledPostgres postgres, List<String> options, Appliance appliance) {
        this.folder = folder;
        this.postgres = postgres;
        this.options = options;
        this.appliance = appliance;
    }

    static ChaosServer start(Report report) throws IOException, SQLException, InterruptedException {
        report.say("starting PostgreSQL (fsync on) and an appliance on it");
        Path folder = Files.createTempDirectory("strongroom-chaos");
        BundledPostgres postgres = BundledPostgres.start(folder.resolve("postgres"));
        try {
            Postgres database = postgres.database("strongroom");
            List<String> options = List.of(
                    "--database-url",
                    database.url(),
                    "--database-owner",
                    database.owner().user(),
                    "--set",
                    "database.owner-password=" + database.owner().password(),
                    "--set",
                    "database.app-password=" + database.appPassword(),
                    "--port",
                    freePort(),
                    "--set",
                    "devices.port=" + freePort(),
                    "--set",
                    "mqtt.port=" + freePort());
            return new ChaosServer(folder, postgres, options, appliance(folder, options));
        } catch (IOException | SQLException | InterruptedException | RuntimeException e) {
            postgres.close();
            Stand.delete(folder);
            throw e;
        }
    }

    private static String freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return Integer.toString(socket.getLocalPort());
        }
    }

    private static Appliance appliance(Path folder, List<String> options) throws IOException, InterruptedException {
        return Appliance.startAt(folder.resolve("data"), options);
    }

    Path folder() {
        return folder;
    }

    Appliance appliance() {
        return appliance;
    }

    void kill() throws InterruptedException {
        appliance.kill();
    }

    void restart() throws IOException, InterruptedException {
        appliance = appliance(folder, options);
    }

    @Override
    public void close() throws IOException {
        appliance.close();
        postgres.close();
        Stand.delete(folder);
    }
}
