package io.strongroom.server;

import ch.qos.logback.classic.Level;
import io.strongroom.server.logs.LogFile;
import io.strongroom.server.logs.LogFormat;
import io.strongroom.server.logs.ProcessLog;
import io.strongroom.server.settings.CommandLine;
import io.strongroom.server.settings.Setting;
import io.strongroom.server.settings.Settings;
import io.strongroom.server.settings.StartRefusedException;
import io.strongroom.server.settings.StartRefusedException.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the appliance, and stops it on SIGTERM or Ctrl-C. */
public final class Strongroom {
    private static final Logger LOG = LoggerFactory.getLogger(Strongroom.class);
    private static final int UNEXPECTED = 70;
    private static final int LONGEST_STOP_SECONDS = 25;
    private static final int MOST_LOG_MIB = 1024;

    private Strongroom() {}

    public static void main(String[] args) throws InterruptedException {
        if (Arrays.asList(args).contains("--help")) {
            System.out.print(CommandLine.USAGE);
            return;
        }
        int exitCode = run(args);
        if (exitCode != 0) {
            System.exit(exitCode);
        }
    }

    private static void setLog(Settings settings) {
        try {
            Optional<LogFile> file = logFile(settings);
            ProcessLog.set(logFormat(settings, file.isPresent()), logLevel(settings), file);
        } catch (IllegalArgumentException | IOException e) {
            throw new StartRefusedException(
                    Reason.USAGE, "The setting log.file names a file that cannot be used: " + e.getMessage() + ".", e);
        }
    }

    /** A file is no terminal, though a person may sit at one. */
    private static LogFormat logFormat(Settings settings, boolean toFile) {
        String format = settings.text(Setting.LOG_FORMAT);
        return LogFormat.of(toFile && format.equals("auto") ? "json" : format)
                .orElseThrow(() -> new StartRefusedException(
                        Reason.USAGE, "The setting log.format must be json, text or auto, but is “" + format + "”."));
    }

    private static Level logLevel(Settings settings) {
        String level = settings.text(Setting.LOG_LEVEL);
        return ProcessLog.level(level)
                .orElseThrow(() -> new StartRefusedException(
                        Reason.USAGE,
                        "The setting log.level must be error, warn, info or debug, but is “" + level + "”."));
    }

    private static Optional<LogFile> logFile(Settings settings) {
        long bytes = (long) settings.number(Setting.LOG_FILE_MIB, 1, MOST_LOG_MIB) << 20;
        int files = settings.number(Setting.LOG_FILES, 2, LogFile.MOST_FILES);
        return settings.find(Setting.LOG_FILE)
                .map(path -> new LogFile(Path.of(path).toAbsolutePath().normalize(), bytes, files));
    }

    private static int run(String[] args) throws InterruptedException {
        CompletableFuture<Optional<Appliance>> started = new CompletableFuture<>();
        AtomicInteger stopSeconds = new AtomicInteger(LONGEST_STOP_SECONDS);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(started, stopSeconds.get()), "stop"));
        Appliance appliance;
        try {
            CommandLine line = CommandLine.parse(args, System.getenv());
            setLog(line.settings());
            stopSeconds.set(line.settings().number(Setting.SERVER_STOP_SECONDS, 1, LONGEST_STOP_SECONDS));
            appliance = Appliance.start(line, Map.of());
        } catch (StartRefusedException e) {
            started.complete(Optional.empty());
            System.err.println("strongroom: " + e.getMessage());
            return e.reason().exitCode();
        } catch (RuntimeException e) {
            started.complete(Optional.empty());
            LOG.error("the start failed", e);
            System.err.println("strongroom: The start failed in a way that nobody expected; the log tells more.");
            return UNEXPECTED;
        }
        started.complete(Optional.of(appliance));
        System.out.print(appliance.notice().forPeople());
        System.out.flush();
        // The hook does the rest.
        new CountDownLatch(1).await();
        return 0;
    }

    /**
     * Closes what was started; where the start is still under way, once it is over. Never takes longer than the limit: a
     * database that does not answer must not hold the stop, and what was acknowledged is on disk.
     */
    private static void stop(CompletableFuture<Optional<Appliance>> started, int seconds) {
        Thread.ofPlatform().daemon().name("stop-limit").start(() -> {
            try {
                Thread.sleep(Duration.ofSeconds(seconds));
            } catch (InterruptedException e) {
                return;
            }
            LOG.error("the stop took longer than {} s and is cut short; what was acknowledged is safe", seconds);
            Runtime.getRuntime().halt(UNEXPECTED);
        });
        started.join().ifPresent(Appliance::close);
    }
}
