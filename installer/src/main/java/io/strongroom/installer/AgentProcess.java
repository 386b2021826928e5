package io.strongroom.installer;

import io.strongroom.api.json.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An agent as it is distributed, in a process of its own, on a data folder of its own. For one thread. */
public final class AgentProcess implements AutoCloseable {
    private static final Duration ENROL_LIMIT = Duration.ofMinutes(2);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
    private static final String STATUS = "status.json";

    private final Distribution distribution;
    private final Path data;
    private final Path output;
    private @Nullable Process process;

    /** @param data where it keeps everything; what it says goes to a file beside it */
    public AgentProcess(Distribution distribution, Path data) {
        this.distribution = distribution;
        this.data = data;
        this.output = data.resolveSibling(data.getFileName() + ".log");
    }

    /**
     * Enrols.
     *
     * @param code a one-time code
     * @return the device's id
     */
    public String enrol(URI appliance, String code) throws IOException {
        Path file = Files.writeString(data.resolveSibling(data.getFileName() + ".code"), code);
        Process enrolling = launch("enrol", "--appliance", appliance.toString(), "--code-file", file.toString());
        end(enrolling, ENROL_LIMIT);
        Files.delete(file);
        if (enrolling.exitValue() != 0) {
            throw failed("the agent could not be enrolled");
        }
        for (String word : Files.readString(output).split("[\\s.]+", -1)) {
            if (word.startsWith("dev-")) {
                return word;
            }
        }
        throw failed("the agent did not say which device it is");
    }

    /**
     * Starts it.
     *
     * @param settings its {@code agent.yml}
     */
    public void run(String settings) throws IOException {
        Files.writeString(data.resolve("agent.yml"), settings);
        Files.deleteIfExists(data.resolve(STATUS));
        process = launch("run");
    }

    private Process launch(String... arguments) throws IOException {
        List<String> whole = new ArrayList<>(List.of(arguments));
        whole.addAll(List.of("--data", data.toString()));
        Process started = new ProcessBuilder(distribution.agent(whole))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                .start();
        process = started;
        return started;
    }

    /** Whether it runs. */
    public boolean runs() {
        return process != null && process.isAlive();
    }

    /** What it says of itself, once it has since it was started. */
    public Optional<Json.Obj> status() throws IOException {
        Path status = data.resolve(STATUS);
        return Files.exists(status) ? Optional.of(Json.parseObject(Files.readAllBytes(status))) : Optional.empty();
    }

    /** A failure, with what the agent said last. */
    public LaunchException failed(String what) throws IOException {
        return new LaunchException(what + ". It said:\n" + Files.readString(output));
    }

    /** Ends it as the system does when there is no time; returns when it is gone. */
    public void kill() {
        Process running = process;
        if (running != null) {
            // The launcher first, which would start the agent again.
            List<ProcessHandle> below = running.descendants().toList();
            running.destroyForcibly();
            below.forEach(ProcessHandle::destroyForcibly);
            end(running, STOP_LIMIT);
        }
    }

    /** Takes its queue away, as when its disk is replaced. It must not run. */
    public void loseQueue() throws IOException {
        try (Stream<Path> all = Files.walk(data.resolve("queue"))) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    /** Asks it to stop; returns when it is gone. */
    @Override
    public void close() {
        Process running = process;
        if (running != null) {
            running.destroy();
            end(running, STOP_LIMIT);
        }
    }

    private static void end(Process ending, Duration limit) {
        try {
            if (!ending.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
                ending.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            ending.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
