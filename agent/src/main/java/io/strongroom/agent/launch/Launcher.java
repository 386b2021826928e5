package io.strongroom.agent.launch;

import io.strongroom.agent.files.DurableFile;
import io.strongroom.agent.launch.Overrun.Cause;
import io.strongroom.agent.settings.Settings;
import io.strongroom.agent.settings.SettingsException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * {@code strongroom agent run}, the outer process: starts the agent, looks every few seconds at what it takes, and starts it
 * again when it took too much, hung, or ended. Each restart is on disk before the agent is ended, and becomes a record.
 */
public final class Launcher {
    private static final String DATA = "--data";
    private static final String OPTIONS = "strongroom.agent.options";
    private static final Duration LOOK = Duration.ofSeconds(5);
    private static final Duration LEAST_PAUSE = Duration.ofSeconds(1);
    private static final Duration MOST_PAUSE = Duration.ofMinutes(5);
    private static final long GOOD_RUN_NANOS = Duration.ofMinutes(10).toNanos();

    private final List<String> command;
    private final Path data;
    private final Limits limits;
    private final Duration look;
    private final Duration leastPause;
    private final Kernel kernel = new Kernel(Path.of("/proc"));
    private final InstantSource clock = InstantSource.system();
    private final RandomGenerator random = RandomGenerator.getDefault();
    private final RestartLog log;

    // Guarded by this.
    private boolean stopping;
    private Optional<AgentProcess> running = Optional.empty();

    /**
     * @param command that starts the agent
     * @param data the agent's data folder
     */
    Launcher(List<String> command, Path data, Limits limits, Duration look, Duration leastPause) {
        this.command = List.copyOf(command);
        this.data = data;
        this.limits = limits;
        this.look = look;
        this.leastPause = leastPause;
        this.log = new RestartLog(data);
    }

    /** Takes what {@code strongroom agent} takes, which begins with {@code run}. */
    public static void main(String[] arguments) throws InterruptedException {
        Path data = data(arguments);
        try {
            run(data, arguments);
        } catch (IOException e) {
            System.err.println("strongroom agent: It cannot run on " + data + ": " + e);
            System.exit(1);
        }
    }

    private static void run(Path data, String[] arguments) throws IOException, InterruptedException {
        DurableFile.createFolder(data);
        try (FileChannel channel = FileChannel.open(
                        data.resolve("launcher.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock == null) {
                System.err.println("strongroom agent: An agent runs on " + data + ". Stop it first.");
                System.exit(1);
            }
            AgentProcess.endOrphan(data.resolve("launched.json"));
            Launcher launcher = new Launcher(command(arguments), data, limits(data), LOOK, LEAST_PAUSE);
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(launcher::stop));
            System.exit(launcher.run());
        }
    }

    static Path data(String... arguments) {
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i].startsWith(DATA + "=")) {
                return Path.of(arguments[i].substring(DATA.length() + 1));
            }
            if (arguments[i].equals(DATA) && i + 1 < arguments.length) {
                return Path.of(arguments[i + 1]);
            }
        }
        return Path.of(System.getProperty("user.home"), ".strongroom-agent");
    }

    /** A file that cannot be used refuses the agent's start, which says why. */
    private static Limits limits(Path data) {
        try {
            return Limits.of(Settings.read(data.resolve("agent.yml")));
        } catch (SettingsException e) {
            return Limits.of(Settings.standard());
        }
    }

    private static List<String> command(String[] arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        String options = System.getProperty(OPTIONS);
        if (options != null) {
            command.add("@" + options);
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.strongroom.agent.Agent"));
        command.addAll(List.of(arguments));
        return command;
    }

    /**
     * Runs the agent until it is told to stop, or does not want to start.
     *
     * @return what to exit with
     */
    int run() throws IOException, InterruptedException {
        int failures = 0;
        while (true) {
            long began = System.nanoTime();
            Optional<AgentProcess> started = start();
            if (started.isEmpty()) {
                return 0;
            }
            Optional<Integer> refusal = accompany(started.get());
            if (refusal.isPresent()) {
                return refusal.get();
            }
            failures = System.nanoTime() - began > GOOD_RUN_NANOS ? 1 : failures + 1;
            Thread.sleep(pause(failures));
        }
    }

    private synchronized Optional<AgentProcess> start() throws IOException {
        if (stopping) {
            return Optional.empty();
        }
        running = Optional.of(AgentProcess.start(command, data.resolve("launched.json")));
        return running;
    }

    private Duration pause(int failures) {
        long bound = Math.min(MOST_PAUSE.toMillis(), leastPause.toMillis() << Math.min(20, failures - 1));
        return Duration.ofMillis(bound / 2 + random.nextLong(bound / 2 + 1));
    }

    /** Until it ended; what to exit with, if it is not to be started again. */
    private Optional<Integer> accompany(AgentProcess agent) throws InterruptedException {
        Watch watch = new Watch(limits);
        boolean atWork = false;
        while (true) {
            Optional<Integer> exit = agent.exit(look);
            if (exit.isPresent()) {
                return ended(exit.get(), atWork, watch);
            }
            Optional<Sample> sample = kernel.sample(agent.pid());
            if (sample.isPresent()) {
                atWork |= sample.get().beats() > 0;
                Optional<Overrun> overrun = watch.look(sample.get());
                if (overrun.isPresent()) {
                    write(overrun.get());
                    agent.end();
                    return Optional.empty();
                }
            }
        }
    }

    private Optional<Integer> ended(int exit, boolean atWork, Watch watch) {
        synchronized (this) {
            if (stopping || !atWork && exit >= 0 && exit <= 2) {
                // It said why it does not start; that will not be otherwise in a second.
                return Optional.of(exit);
            }
        }
        write(new Overrun(Cause.ENDED, watch.busiest(), "It ended by itself, with exit code " + exit + "."));
        return Optional.empty();
    }

    private void write(Overrun why) {
        System.err.println("strongroom agent: " + why.told() + " It is started again.");
        try {
            Restart unused = log.add(clock.millis(), why);
        } catch (IOException e) {
            System.err.println("strongroom agent: that it is started again cannot be written down: " + e);
        }
    }

    /** Stops the agent cleanly; returns once it has ended. */
    void stop() {
        Optional<AgentProcess> agent;
        synchronized (this) {
            stopping = true;
            agent = running;
        }
        if (agent.isPresent()) {
            try {
                agent.get().end();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
