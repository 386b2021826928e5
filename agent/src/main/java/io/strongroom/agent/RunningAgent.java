package io.strongroom.agent;

import io.strongroom.agent.collect.Collector;
import io.strongroom.agent.collect.CollectorLoop;
import io.strongroom.agent.collect.HealthCollector;
import io.strongroom.agent.collect.InventoryCollector;
import io.strongroom.agent.collect.JournalCollector;
import io.strongroom.agent.collect.LogCollector;
import io.strongroom.agent.collect.OwnHealthCollector;
import io.strongroom.agent.command.CommandPoll;
import io.strongroom.agent.command.Commands;
import io.strongroom.agent.identity.Connection;
import io.strongroom.agent.identity.DeviceIdentity;
import io.strongroom.agent.identity.IdentityStore;
import io.strongroom.agent.identity.Renewal;
import io.strongroom.agent.line.DeviceLines;
import io.strongroom.agent.queue.AgentQueue;
import io.strongroom.agent.queue.QueueLimits;
import io.strongroom.agent.queue.Sealing;
import io.strongroom.agent.send.Backoff;
import io.strongroom.agent.send.Sender;
import io.strongroom.agent.send.Skew;
import io.strongroom.agent.send.Standing;
import io.strongroom.agent.settings.Setting;
import io.strongroom.agent.settings.Settings;
import io.strongroom.agent.witness.HttpsLog;
import io.strongroom.agent.witness.WitnessLoop;
import io.strongroom.evidence.SourceId;
import io.strongroom.evidence.batch.write.BatchSigner;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The agent at work: collectors fill the queue, the sender empties it, and neither waits for the other. */
final class RunningAgent implements AutoCloseable {
    private static final Duration NEXT_LOOK = Duration.ofHours(1);
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);
    private static final Duration HOUSEKEEPING = Duration.ofSeconds(1);
    private static final int NO_RATE = 1_000_000;

    private final Clock clock = Clock.systemUTC();
    private final Connection connection;
    private final Ways ways;
    private final Renewal renewal;
    private final AgentQueue queue;
    private final Sender sender;
    private final Commands commands;
    private final CommandPoll poll;
    private final Optional<WitnessLoop> witness;
    private final List<CollectorLoop> collectors = new ArrayList<>();
    private final AgentStatus status;
    private final Thread housekeeping;

    /** @param identity who the device is */
    RunningAgent(DataFolder data, Settings settings, IdentityStore store, DeviceIdentity identity) throws IOException {
        this.connection = new Connection(identity);
        DeviceLines lines = new DeviceLines(identity.device(), settings.text(Setting.TENANT));
        this.queue = new AgentQueue(
                data.path(), limits(settings), new GapNotices(lines, clock), sealing(), clock, System::nanoTime);
        Standing standing = new Standing();
        Skew skew = new Skew();
        this.ways = new Ways(settings, data.mqttPort(), connection, this::command, skew, clock);
        this.renewal = new Renewal(store, connection, ways::told);
        this.sender = new Sender(queue, ways.transport(), standing, Backoff.DEFAULT, clock);
        this.commands = new Commands(
                data.path(),
                new AgentDeeds(collectors, queue, ways.transport(), renewal),
                CommandPoll.outcomes(connection));
        this.poll = new CommandPoll(connection, commands, Backoff.DEFAULT, RandomGenerator.getDefault());
        this.witness = settings.flag(Setting.WITNESS)
                ? Optional.of(new WitnessLoop(
                        data.path(),
                        new HttpsLog(connection),
                        queue,
                        lines,
                        clock,
                        settings.seconds(Setting.WITNESS_EVERY_SECONDS),
                        RandomGenerator.getDefault()))
                : Optional.empty();
        this.status =
                new AgentStatus(data.status(), connection, queue, standing, ways, skew, collectors, witness, clock);
        collect(settings, lines);
        this.housekeeping = Thread.ofPlatform().name("housekeeping").daemon().unstarted(this::keepHouse);
    }

    /** One that came by MQTT; what comes before the start is done then. */
    private void command(byte[] message) {
        commands.take(message);
    }

    private static QueueLimits limits(Settings settings) {
        return new QueueLimits(
                (long) settings.number(Setting.QUEUE_MOST_MIB) << 20,
                Duration.ofDays(settings.number(Setting.QUEUE_MOST_AGE_DAYS)).toMillis(),
                (long) settings.number(Setting.QUEUE_LEAST_FREE_MIB) << 20);
    }

    private Sealing sealing() {
        return new Sealing() {
            @Override
            public SourceId device() {
                return connection.identity().device();
            }

            @Override
            public BatchSigner signer() {
                return connection.identity().signer();
            }

            @Override
            public long sentAt() {
                return Math.max(0, clock.instant().getEpochSecond());
            }

            @Override
            public String boot() {
                return Boot.id();
            }

            @Override
            public long monotonicMillis() {
                return Boot.millis();
            }
        };
    }

    private void collect(Settings settings, DeviceLines lines) {
        if (settings.flag(Setting.LOGS)) {
            List<Path> files =
                    settings.list(Setting.LOGS_FILES).stream().map(Path::of).toList();
            boolean joining = settings.text(Setting.LOGS_MULTI_LINE).equals("indented");
            boolean fromStart = settings.text(Setting.LOGS_BEGIN).equals("start");
            add(
                    new LogCollector(files, joining, fromStart, lines, clock),
                    settings.seconds(Setting.LOGS_EVERY_SECONDS),
                    settings.number(Setting.LOGS_PER_SECOND),
                    lines);
        }
        if (settings.flag(Setting.JOURNAL)) {
            add(
                    new JournalCollector(settings.text(Setting.JOURNAL_COMMAND), lines, clock),
                    settings.seconds(Setting.JOURNAL_EVERY_SECONDS),
                    settings.number(Setting.JOURNAL_PER_SECOND),
                    lines);
        }
        if (settings.flag(Setting.HEALTH)) {
            add(new HealthCollector(lines, clock), settings.seconds(Setting.HEALTH_EVERY_SECONDS), NO_RATE, lines);
        }
        if (settings.flag(Setting.INVENTORY)) {
            Path dpkg = Path.of(settings.text(Setting.INVENTORY_DPKG));
            add(
                    new InventoryCollector(dpkg, lines, clock),
                    settings.seconds(Setting.INVENTORY_EVERY_SECONDS),
                    NO_RATE,
                    lines);
        }
        if (settings.flag(Setting.OWN_HEALTH)) {
            add(
                    new OwnHealthCollector(lines, clock, status::ownHealth),
                    settings.seconds(Setting.OWN_HEALTH_EVERY_SECONDS),
                    NO_RATE,
                    lines);
        }
    }

    private void add(Collector collector, Duration every, int mostPerSecond, DeviceLines lines) {
        collectors.add(new CollectorLoop(collector, every, mostPerSecond, queue, lines));
    }

    RunningAgent start() {
        queue.start();
        collectors.forEach(CollectorLoop::start);
        housekeeping.start();
        commands.start();
        poll.start();
        witness.ifPresent(WitnessLoop::start);
        return this;
    }

    private void keepHouse() {
        long nextLook = System.nanoTime();
        try {
            while (true) {
                sender.take();
                if (System.nanoTime() - nextLook >= 0) {
                    nextLook = System.nanoTime() + lookAtIdentity().toNanos();
                }
                status.write();
                Thread.sleep(HOUSEKEEPING);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration lookAtIdentity() throws InterruptedException {
        try {
            return status.renewal(renewal.look()) ? NEXT_LOOK : LOOK_AGAIN;
        } catch (IOException | RuntimeException e) {
            status.renewalFailed(String.valueOf(e.getMessage() == null ? e : e.getMessage()));
            return LOOK_AGAIN;
        }
    }

    /** Stops: what was collected is on disk, and what was not acknowledged is sent by the next run. */
    @Override
    public void close() throws IOException, InterruptedException {
        housekeeping.interrupt();
        poll.close();
        if (witness.isPresent()) {
            witness.get().close();
        }
        commands.close();
        for (CollectorLoop collector : collectors) {
            collector.close();
        }
        sender.close();
        housekeeping.join();
        ways.close();
        connection.close();
        queue.close();
        status.stopped();
    }
}
