package io.strongroom.agent.launch;

import io.strongroom.agent.files.DurableFile;
import io.strongroom.api.json.Json;
import io.strongroom.api.json.JsonShapeException;
import io.strongroom.evidence.json.JsonException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The agent's process. It has the end of a pipe to this one as its input, and stops when that ends: so it does not outlive a
 * launcher that was killed. Should it hang then, the next launcher finds it by what is written down here, and ends it.
 */
public final class AgentProcess {
    /** Tells the agent that its input is the launcher. */
    public static final String LAUNCHED = "STRONGROOM_AGENT_LAUNCHED";

    private static final Duration TO_STOP = Duration.ofSeconds(20);

    private final Process process;

    private AgentProcess(Process process) {
        this.process = process;
    }

    /**
     * Starts it.
     *
     * @param note where it is written down
     */
    static AgentProcess start(List<String> command, Path note) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put(LAUNCHED, "true");
        Process process = builder.start();
        try {
            DurableFile.write(note, note(process.toHandle()).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // On a full disk it runs all the same; it stops with this process.
        }
        return new AgentProcess(process);
    }

    private static String note(ProcessHandle process) {
        return Json.object()
                .put("pid", process.pid())
                .put("began", began(process))
                .build()
                .toString();
    }

    private static String began(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toString).orElse("");
    }

    /** Ends the process that a launcher before this one left behind, if it is still there. */
    static void endOrphan(Path note) throws InterruptedException {
        Optional<ProcessHandle> left = orphan(note);
        if (left.isPresent()) {
            left.get().destroy();
            if (!hasEnded(left.get().onExit(), TO_STOP)) {
                left.get().destroyForcibly();
                boolean unused = hasEnded(left.get().onExit(), TO_STOP);
            }
        }
    }

    private static Optional<ProcessHandle> orphan(Path note) {
        try {
            Json.Obj json = Json.parseObject(Files.readAllBytes(note));
            // Another process may have the number by now.
            return ProcessHandle.of(json.integer("pid"))
                    .filter(process -> began(process).equals(json.optionalText("began")));
        } catch (IOException | JsonException | JsonShapeException e) {
            return Optional.empty();
        }
    }

    private static boolean hasEnded(CompletableFuture<?> exit, Duration within) throws InterruptedException {
        try {
            exit.get(within.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    long pid() {
        return process.pid();
    }

    /** Waits for its end; empty if it did not come within that time. */
    Optional<Integer> exit(Duration within) throws InterruptedException {
        return process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)
                ? Optional.of(process.exitValue())
                : Optional.empty();
    }

    /** Has it stop cleanly, and ends it where it does not. */
    void end() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(TO_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
            int unused = process.destroyForcibly().waitFor();
        }
    }
}
