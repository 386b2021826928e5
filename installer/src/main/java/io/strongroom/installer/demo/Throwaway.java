package io.strongroom.installer.demo;

import io.strongroom.api.SetupRequest;
import io.strongroom.api.client.ApplianceTrust;
import io.strongroom.api.client.StrongroomClient;
import io.strongroom.evidence.Digest;
import io.strongroom.installer.Distribution;
import io.strongroom.installer.LaunchException;
import io.strongroom.installer.ReadyNotice;
import io.strongroom.installer.ServerProcess;
import io.strongroom.installer.Workspace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An appliance on embedded defaults, in a folder that is thrown away with it. */
final class Throwaway implements AutoCloseable {
    static final String TENANT = "demo";

    private static final Duration START_LIMIT = Duration.ofMinutes(2);

    private final ServerProcess server;
    private final ReadyNotice ready;

    private Throwaway(ServerProcess server, ReadyNotice ready) {
        this.server = server;
        this.ready = ready;
    }

    /** Where its log goes. */
    static Path log(Workspace workspace) {
        return workspace.file("server.log");
    }

    /** @param more options of the server */
    static Throwaway start(Distribution distribution, Workspace workspace, String... more) {
        Path data = workspace.file("data");
        List<String> command = new ArrayList<>(distribution.server());
        command.addAll(List.of("--data", data.toString(), "--port", "0", "--set", "mqtt.port=0", "--tenant", TENANT));
        command.addAll(List.of(more));
        ServerProcess server = ServerProcess.start(command, log(workspace), distribution.stopLimit());
        workspace.deleteAtEndAfter(server::close);
        try {
            return new Throwaway(server, server.awaitReady(data, START_LIMIT));
        } catch (LaunchException e) {
            server.close();
            throw e;
        }
    }

    ReadyNotice ready() {
        return ready;
    }

    ApplianceTrust trust() {
        return ApplianceTrust.pinned(Digest.parse(ready.fingerprint()));
    }

    /** How clients of it begin. */
    StrongroomClient.Builder client() {
        return StrongroomClient.at(ready.url()).trust(trust()).tenant(TENANT);
    }

    /** A client that calls with this token; null for what is open to everybody. */
    StrongroomClient client(@Nullable String token) {
        return client().token(token).build();
    }

    /** Makes the bootstrap administrator, and gives their token. */
    String administrator() {
        String code = ready.setupCode();
        if (code == null) {
            throw new LaunchException("the appliance gave no setup code");
        }
        try (StrongroomClient client = client(null)) {
            return client.setUp(new SetupRequest(code, "demo-administrator")).token();
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
