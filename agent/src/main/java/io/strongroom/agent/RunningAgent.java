package io.strongroom.agent;

import com.sun.management.OperatingSystemMXBean;
import io.strongroom.agent.command.CommandPoll;
import io.strongroom.agent.command.Commands;
import io.strongroom.agent.identity.Connection;
import io.strongroom.agent.identity.DeviceIdentity;
import io.strongroom.agent.identity.IdentityStore;
import io.strongroom.agent.identity.Renewal;
import io.strongroom.agent.launch.RestartLog;
import io.strongroom.agent.launch.ThreadNames;
import io.strongroom.agent.line.DeviceLines;
import io.strongroom.agent.line.IncidentLines;
import io.strongroom.agent.pace.Pace;
import io.strongroom.agent.policy.PolicySettings;
import io.strongroom.agent.queue.AgentQueue;
import io.strongroom.agent.queue.QueueLimits;
import io.strongroom.agent.send.Backoff;
import io.strongroom.agent.send.Sender;
import io.strongroom.agent.send.Skew;
import io.strongroom.agent.send.Standing;
import io.strongroom.agent.settings.Setting;
import io.strongroom.agent.settings.Settings;
import io.strongroom.agent.witness.HttpsLog;
import io.strongroom.agent.witness.WitnessLoop;
import io.strongroom.api.json.Json;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The agent at work: collectors fill the queue, the sender empties it, and neither waits for the other. */
final class RunningAgent implements AutoCloseable {
    private static final Duration NEXT_LOOK = Duration.ofHours(1);
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);
    private static final Duration BEAT = Duration.ofSeconds(1);

    private final Clock clock = Clock.systemUTC();
    private final Connection connection;
    private final Ways ways;
    private final PolicySettings policy;
    private final Renewal renewal;
    private final AgentQueue queue;
    private final Sender sender;
    private final Commands commands;
    private final CommandPoll poll;
    private final Optional<WitnessLoop> witness;
    private final CollectorSet collectors;
    private final AgentStatus status;
    private final Settings settings;
    private final Thread beat =
            Thread.ofPlatform().name(ThreadNames.BEAT).daemon().unstarted(this::beat);
    private final Thread identity = Thread.ofVirtual().name("identity").unstarted(this::renew);

    /** @param identity who the device is */
    RunningAgent(DataFolder data, Settings settings, IdentityStore store, DeviceIdentity identity) throws IOException {
        this.settings = settings;
        this.connection = new Connection(identity);
        DeviceLines lines = new DeviceLines(identity.device(), settings.text(Setting.TENANT));
        this.queue = new AgentQueue(
                data.path(),
                limits(settings),
                new GapNotices(lines, clock),
                new DeviceSealing(connection::identity, clock),
                clock,
                System::nanoTime);
        Standing standing = new Standing();
        Skew skew = new Skew();
        this.ways = new Ways(settings, data.mqttPort(), connection, this::command, skew, clock);
        IncidentLines incidents = new IncidentLines(queue, lines, clock);
        this.policy = new PolicySettings(
                data.policy(),
                connection,
                (rule, detail) -> incidents.raise(Map.of("rule", rule, "severity", "S2", "detail", detail)));
        this.renewal = new Renewal(store, connection, ways::told);
        Pace pace = pace(settings);
        this.sender = new Sender(queue, ways.transport(), standing, Backoff.DEFAULT, clock, pace);
        this.collectors = new CollectorSet(queue, lines, pace, new RestartLog(data.path()), this::ownHealth, clock);
        this.commands = new Commands(
                data.path(),
                new AgentDeeds(collectors.loops(), queue, ways.transport(), renewal, this::applyPolicy),
                ways.outcomes());
        this.poll = new CommandPoll(connection, commands, Backoff.DEFAULT, RandomGenerator.getDefault());
        this.witness = settings.flag(Setting.WITNESS)
                ? Optional.of(new WitnessLoop(
                        data.path(),
                        identity.device(),
                        new HttpsLog(connection),
                        incidents,
                        clock,
                        settings.seconds(Setting.WITNESS_EVERY_SECONDS),
                        RandomGenerator.getDefault()))
                : Optional.empty();
        this.status = new AgentStatus(
                data.status(),
                connection,
                queue,
                standing,
                ways,
                policy,
                skew,
                collectors.loops(),
                poll,
                witness,
                clock);
    }

    private static Pace pace(Settings settings) {
        OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new Pace(
                settings.number(Setting.LIMIT_CPU_PERCENT),
                settings.seconds(Setting.LIMIT_CPU_WINDOW_SECONDS),
                System::nanoTime,
                process::getProcessCpuTime);
    }

    private Json.Obj ownHealth() {
        return status.ownHealth();
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

    RunningAgent start() throws InterruptedException {
        queue.start();
        collectors.use(settings.under(policy.settings()));
        beat.start();
        identity.start();
        commands.start();
        poll.start();
        witness.ifPresent(WitnessLoop::start);
        return this;
    }

    /** Once a second, and with nothing in it that waits for others: by this the launcher knows that the agent lives. */
    private void beat() {
        try {
            while (true) {
                sender.take();
                status.write();
                Thread.sleep(BEAT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void renew() {
        try {
            while (true) {
                Thread.sleep(lookAtIdentity());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Asks what policy wants collected, and does it, if officers approved it. */
    private PolicySettings.Outcome applyPolicy() throws IOException, InterruptedException {
        PolicySettings.Outcome outcome = policy.look();
        if (outcome == PolicySettings.Outcome.CHANGED) {
            collectors.use(settings.under(policy.settings()));
        }
        return outcome;
    }

    private Duration lookAtIdentity() throws InterruptedException {
        try {
            var unused = applyPolicy();
        } catch (IOException | RuntimeException e) {
            // What it said before holds; the status tells why it could not be asked.
        }
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
        beat.interrupt();
        identity.interrupt();
        // It may still put other collectors to work.
        identity.join();
        poll.close();
        if (witness.isPresent()) {
            witness.get().close();
        }
        commands.close();
        collectors.close();
        sender.close();
        beat.join();
        ways.close();
        connection.close();
        queue.close();
        status.stopped();
    }
}
