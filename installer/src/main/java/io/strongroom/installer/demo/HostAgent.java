package io.strongroom.installer.demo;

import io.strongroom.api.json.Json;
import io.strongroom.installer.AgentProcess;
import io.strongroom.installer.LaunchException;
import io.strongroom.lines.LogFile;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What the agent on this machine does in the demo: its logs by HTTPS, then, started again, what is left by MQTT. */
final class HostAgent {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final long LOOK_AGAIN_MILLIS = 100;

    /** So long the log files must have brought nothing new. */
    private static final long QUIET_NANOS = Duration.ofMillis(2_500).toNanos();

    private final AgentProcess agent;
    private final String tenant;
    private final List<LogFile> logs;

    /** @param logs of these the agent reads what is plain text, and short enough to be read whole */
    HostAgent(AgentProcess agent, String tenant, List<LogFile> logs) {
        this.agent = agent;
        this.tenant = tenant;
        this.logs = List.copyOf(logs);
    }

    /**
     * What one run has sent.
     *
     * @param lines that the appliance acknowledged
     * @param rejected those of them that it set aside
     */
    record Sent(long lines, long rejected, long batches) {}

    /** Runs with HTTPS until all logs are acknowledged; the rest waits in the queue for more of its kind. */
    Sent sendLogs() throws IOException {
        return run("https", new LogsAreThrough());
    }

    /** Runs with MQTT until all that waited is acknowledged. */
    Sent sendRest() throws IOException {
        long waiting = last().object("queue").integer("waiting");
        return run("mqtt", status -> status.object("sent").integer("lines") >= waiting);
    }

    /** Runs on with HTTPS until it is closed. */
    void goOn() throws IOException {
        agent.run(settings("https"));
    }

    private Sent run(String transport, Predicate<Json.Obj> done) throws IOException {
        agent.run(settings(transport));
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!agent.status().map(done::test).orElse(false)) {
            if (!agent.runs() || System.nanoTime() > end) {
                throw agent.failed("the agent did not get its records through by " + transport);
            }
            pause();
        }
        agent.close();
        Json.Obj sent = last().object("sent");
        return new Sent(sent.integer("lines"), sent.integer("rejected"), sent.integer("batches"));
    }

    private Json.Obj last() throws IOException {
        Optional<Json.Obj> status = agent.status();
        if (status.isEmpty()) {
            throw agent.failed("the agent wrote no status");
        }
        return status.get();
    }

    /** All audit lines are acknowledged, nothing new comes, and the health was measured. */
    private static final class LogsAreThrough implements Predicate<Json.Obj> {
        private long lines = -1;
        private long since = System.nanoTime();

        @Override
        public boolean test(Json.Obj status) {
            long taken = 0;
            boolean measured = false;
            for (Json.Obj collector : status.objects("collectors", each -> each)) {
                if (collector.text("collector").equals("health")) {
                    measured = collector.integer("taken") > 0;
                } else {
                    taken += collector.integer("taken");
                }
            }
            if (taken != lines) {
                lines = taken;
                since = System.nanoTime();
            }
            boolean through = status.objects("streams", each -> each).stream()
                    .filter(stream -> stream.text("stream").startsWith("audit."))
                    .allMatch(stream -> stream.integer("waiting") == 0);
            return measured && through && System.nanoTime() - since > QUIET_NANOS;
        }
    }

    private String settings(String transport) {
        List<Json> files = logs.stream()
                .filter(HostAgent::isReadWhole)
                .<Json>map(log -> Json.of(log.path().toString()))
                .toList();
        return "tenant: " + tenant + "\ntransport: " + transport + "\n"
                + "collect.logs.lines-per-second: 100000\n"
                + (files.isEmpty()
                        ? "collect.logs.enabled: false\n"
                        : "collect.logs.files: " + new Json.Arr(files) + "\n");
    }

    /** The names in the agent's list of files are patterns, with commas between. */
    private static boolean isReadWhole(LogFile log) {
        String name = log.path().toString();
        return log.fromByte() == 0
                && name.chars().noneMatch(c -> c == ',' || c == '*' || c == '?')
                && !name.endsWith(".gz");
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_AGAIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LaunchException("interrupted", e);
        }
    }
}
