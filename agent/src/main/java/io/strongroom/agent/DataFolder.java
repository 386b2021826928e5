package io.strongroom.agent;

import io.strongroom.agent.files.DurableFile;
import io.strongroom.agent.policy.PolicyFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Option;

/** Where the agent keeps everything: its settings, its identity, its queue. One process at a time has it. */
final class DataFolder {
    private static final List<String> OF_AN_IDENTITY =
            List.of("identity", "queue", "marks", "sent", "witness", "damaged", "commands.json");

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            description = "where the agent keeps its settings, identity and queue; by default ${DEFAULT-VALUE}",
            defaultValue = "${sys:user.home}/.strongroom-agent")
    private Path folder = Path.of(".");

    Path path() {
        return folder;
    }

    Path settings() {
        return folder.resolve("agent.yml");
    }

    Path status() {
        return folder.resolve("status.json");
    }

    /** Where the appliance listens for MQTT, as it told. */
    Path mqttPort() {
        return folder.resolve("identity/mqtt-port");
    }

    /** What policy wants collected, and whose word that is. */
    PolicyFile policy() {
        return new PolicyFile(folder.resolve("identity/policy.json"));
    }

    /**
     * Takes it for this process, until the channel is closed.
     *
     * @throws AgentException if another process has it
     */
    FileChannel take() throws IOException {
        DurableFile.createFolder(folder);
        FileChannel channel =
                FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            // This process has it already.
        }
        channel.close();
        throw new AgentException("An agent runs on " + folder + ". Stop it first.");
    }

    /**
     * Puts identity and queue aside, where an officer may still want to import what was never sent.
     *
     * @return where they are now
     */
    Path putAside() throws IOException {
        Path aside = folder.resolve(String.format(Locale.ROOT, "former-%d", System.currentTimeMillis()));
        DurableFile.createFolder(aside);
        for (String name : OF_AN_IDENTITY) {
            if (Files.exists(folder.resolve(name))) {
                Files.move(folder.resolve(name), aside.resolve(name), StandardCopyOption.ATOMIC_MOVE);
            }
        }
        DurableFile.syncFolder(folder);
        return aside;
    }
}
