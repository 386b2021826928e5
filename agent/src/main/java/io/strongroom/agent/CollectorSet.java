package io.strongroom.agent;

import io.strongroom.agent.collect.Collector;
import io.strongroom.agent.collect.CollectorLoop;
import io.strongroom.agent.collect.CrashCollector;
import io.strongroom.agent.collect.HealthCollector;
import io.strongroom.agent.collect.InventoryCollector;
import io.strongroom.agent.collect.JournalCollector;
import io.strongroom.agent.collect.LogCollector;
import io.strongroom.agent.collect.OwnHealthCollector;
import io.strongroom.agent.collect.RestartCollector;
import io.strongroom.agent.launch.RestartLog;
import io.strongroom.agent.launch.RestartLog.Measure;
import io.strongroom.agent.line.DeviceLines;
import io.strongroom.agent.pace.Pace;
import io.strongroom.agent.queue.AgentQueue;
import io.strongroom.agent.settings.Setting;
import io.strongroom.agent.settings.Settings;
import io.strongroom.api.json.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** The collectors that the settings ask for, at work; those that overran again and again more slowly, or not. */
final class CollectorSet implements AutoCloseable {
    private static final int NO_RATE = 1_000_000;
    private static final int SLOWER = 8;
    private static final Duration OFF = Duration.ofHours(24);

    private final AgentQueue queue;
    private final DeviceLines lines;
    private final Pace pace;
    private final RestartLog restarts;
    private final Supplier<Json.Obj> ownHealth;
    private final InstantSource clock;
    private final List<CollectorLoop> loops = new CopyOnWriteArrayList<>();

    /**
     * Begins without any.
     *
     * @param ownHealth what the agent knows of itself
     */
    CollectorSet(
            AgentQueue queue,
            DeviceLines lines,
            Pace pace,
            RestartLog restarts,
            Supplier<Json.Obj> ownHealth,
            InstantSource clock) {
        this.queue = queue;
        this.lines = lines;
        this.pace = pace;
        this.restarts = restarts;
        this.ownHealth = ownHealth;
        this.clock = clock;
    }

    /** Those at work, always the same list. */
    List<CollectorLoop> loops() {
        return loops;
    }

    /** Has those at work that the settings ask for, and no others. Each goes on where it was. */
    synchronized void use(Settings settings) throws InterruptedException {
        close();
        if (settings.flag(Setting.LOGS)) {
            add(logs(settings), settings, Setting.LOGS_EVERY_SECONDS, settings.number(Setting.LOGS_PER_SECOND));
        }
        if (settings.flag(Setting.JOURNAL)) {
            add(
                    new JournalCollector(settings.text(Setting.JOURNAL_COMMAND), lines, clock),
                    settings,
                    Setting.JOURNAL_EVERY_SECONDS,
                    settings.number(Setting.JOURNAL_PER_SECOND));
        }
        if (settings.flag(Setting.CRASHES)) {
            String program = settings.text(Setting.JOURNAL_COMMAND);
            Path reports = Path.of(settings.text(Setting.CRASHES_FOLDER));
            add(new CrashCollector(program, reports, lines, clock), settings, Setting.CRASHES_EVERY_SECONDS, NO_RATE);
        }
        if (settings.flag(Setting.HEALTH)) {
            add(new HealthCollector(lines, clock), settings, Setting.HEALTH_EVERY_SECONDS, NO_RATE);
        }
        if (settings.flag(Setting.INVENTORY)) {
            Path dpkg = Path.of(settings.text(Setting.INVENTORY_DPKG));
            add(new InventoryCollector(dpkg, lines, clock), settings, Setting.INVENTORY_EVERY_SECONDS, NO_RATE);
        }
        if (settings.flag(Setting.OWN_HEALTH)) {
            add(new OwnHealthCollector(lines, clock, ownHealth), settings, Setting.OWN_HEALTH_EVERY_SECONDS, NO_RATE);
            add(new RestartCollector(lines, restarts, clock), settings, Setting.OWN_HEALTH_EVERY_SECONDS, NO_RATE);
        }
        loops.forEach(CollectorLoop::start);
    }

    private Collector logs(Settings settings) {
        List<Path> files =
                settings.list(Setting.LOGS_FILES).stream().map(Path::of).toList();
        boolean joining = settings.text(Setting.LOGS_MULTI_LINE).equals("indented");
        boolean fromStart = settings.text(Setting.LOGS_BEGIN).equals("start");
        return new LogCollector(files, joining, fromStart, lines, clock);
    }

    private void add(Collector collector, Settings settings, Setting every, int mostPerSecond) {
        Measure measure = restarts.measures(clock.millis()).getOrDefault(collector.name(), Measure.AS_BEFORE);
        int slower = measure == Measure.SLOWER ? SLOWER : 1;
        loops.add(new CollectorLoop(
                collector,
                settings.seconds(every).multipliedBy(slower),
                Math.max(1, mostPerSecond / slower),
                queue,
                lines,
                pace,
                measure == Measure.OFF ? OFF : Duration.ZERO));
    }

    /** Stops all, each after what it is doing. */
    @Override
    public synchronized void close() throws InterruptedException {
        for (CollectorLoop loop : loops) {
            loop.close();
        }
        loops.clear();
    }
}
