package io.strongroom.installer;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A server that this launcher started, and stops again whatever happens. */
public final class ServerProcess implements AutoCloseable {
    /** How long a server may take to stop by itself, if nothing else is said. */
    static final Duration STOP_LIMIT = Duration.ofSeconds(30);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);
    private static final int LAST_LINES = 30;

    private final Process process;
    private final Path log;
    private final long from;
    private final Duration stopLimit;
    private final Thread hook;

    private ServerProcess(Process process, Path log, long from, Duration stopLimit) {
        this.process = process;
        this.log = log;
        this.from = from;
        this.stopLimit = stopLimit;
        this.hook = new Thread(this::end, "stop-server");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * Starts a server.
     *
     * @param command the program with its arguments
     * @param log where its log goes, behind what is there
     */
    public static ServerProcess start(List<String> command, Path log) {
        return start(command, log, STOP_LIMIT);
    }

    /** Starts a server that is given {@code stopLimit} to stop by itself. */
    public static ServerProcess start(List<String> command, Path log, Duration stopLimit) {
        try {
            ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command));
            // What it tells people stands in its notice as well, and holds the setup code, which belongs in no log.
            builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
            builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.redirectInput(ProcessBuilder.Redirect.PIPE);
            long from = Files.exists(log) ? Files.size(log) : 0;
            return new ServerProcess(builder.start(), log, from, stopLimit);
        } catch (IOException e) {
            throw new LaunchException("the server cannot be started: " + e.getMessage(), e);
        }
    }

    /**
     * Waits until it listens.
     *
     * @throws LaunchException if it ends first, or takes longer; with the last lines that it wrote, and its exit code
     */
    public ReadyNotice awaitReady(Path data, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        while (true) {
            Optional<ReadyNotice> notice = ReadyNotice.read(data).filter(ready -> ready.pid() == process.pid());
            if (notice.isPresent()) {
                return notice.get();
            }
            if (!process.isAlive()) {
                int code = process.exitValue();
                throw new LaunchException(
                        "the server ended with code " + code + " before it was ready. It said:\n" + lastWords(),
                        code == 0 ? 1 : code);
            }
            if (System.nanoTime() > end) {
                throw new LaunchException(
                        "the server was not ready after " + limit.toSeconds() + " s. It said:\n" + lastWords());
            }
            sleep();
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(LOOK_AGAIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LaunchException("interrupted", e);
        }
    }

    /** Waits until the server ends by itself, and gives its exit code. */
    public int await() throws InterruptedException {
        return process.waitFor();
    }

    /** Its process id. */
    public long pid() {
        return process.pid();
    }

    private String lastWords() {
        try (SeekableByteChannel said = Files.newByteChannel(log).position(from)) {
            List<String> lines = new String(Channels.newInputStream(said).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
        } catch (IOException e) {
            return "(its output in " + log + " cannot be read: " + e.getMessage() + ")";
        }
    }

    /** Asks the server to stop, and makes it stop if it does not. Returns when it is gone. */
    @Override
    public void close() {
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // This process is ending already: the hook has run or is about to, which does no harm.
            hook.setName("stop-server-late");
        }
    }

    private void end() {
        process.destroy();
        try {
            if (!process.waitFor(stopLimit.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
