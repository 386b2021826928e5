package io.strongroom.installer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code strongroom prepare}: lets the server start once and keep what it learnt, so that later starts are quick. */
@Command(name = "prepare", hidden = true, description = "Makes the cache that lets the appliance start quickly.")
final class PrepareCommand implements Callable<Integer> {
    private static final Duration START_LIMIT = Duration.ofMinutes(2);

    /** Writing the cache is part of stopping. */
    private static final Duration STOP_LIMIT = Duration.ofMinutes(3);

    @Override
    public Integer call() throws IOException {
        Distribution distribution = Distribution.current();
        boolean learnt = false;
        try (Workspace workspace = new Workspace("strongroom-prepare-")) {
            Path data = workspace.file("data");
            List<String> command = new ArrayList<>(distribution.serverInTraining());
            command.addAll(List.of("--data", data.toString(), "--port", "0"));
            try (ServerProcess server = ServerProcess.start(command, workspace.file("server.log"), STOP_LIMIT)) {
                workspace.deleteAtEndAfter(server::close);
                server.awaitReady(data, START_LIMIT);
                learnt = true;
            }
        } finally {
            if (!learnt) {
                // A server that does not start still writes what it learnt on the way to failing.
                Files.deleteIfExists(distribution.quickStartCache());
            }
        }
        if (!Files.isRegularFile(distribution.quickStartCache())) {
            throw new LaunchException("the Java virtual machine wrote no cache");
        }
        return 0;
    }
}
