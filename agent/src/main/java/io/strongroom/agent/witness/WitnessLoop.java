package io.strongroom.agent.witness;

import io.strongroom.agent.line.DeviceLines;
import io.strongroom.agent.queue.AgentQueue;
import io.strongroom.agent.queue.StreamQueue;
import io.strongroom.api.json.Json;
import io.strongroom.evidence.StreamName;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Has the witness look again and again: each time after a pause drawn around the interval, so that a fleet does not come at once. */
public final class WitnessLoop implements AutoCloseable {
    static final StreamName STREAM = new StreamName("incident.agent");

    private static final int MOST_NOTE = 4_000;

    private final WitnessFolder folder;
    private final Witness witness;
    private final AgentQueue queue;
    private final DeviceLines lines;
    private final Clock clock;
    private final Duration every;
    private final RandomGenerator jitter;
    private final Thread thread = Thread.ofVirtual().name("witness").unstarted(this::run);
    private volatile @Nullable String trouble;
    private volatile @Nullable String incident;

    /**
     * @param data the agent's data folder
     * @param every how long from one look to the next, on average
     */
    public WitnessLoop(
            Path data,
            HttpsLog log,
            AgentQueue queue,
            DeviceLines lines,
            Clock clock,
            Duration every,
            RandomGenerator jitter) {
        this.folder = new WitnessFolder(data);
        this.witness = new Witness(lines.device().value(), folder, log, this::raise, clock, new SecureRandom());
        this.queue = queue;
        this.lines = lines;
        this.clock = clock;
        this.every = every;
        this.jitter = jitter;
    }

    public WitnessLoop start() {
        thread.start();
        return this;
    }

    private void run() {
        try {
            readIncident();
            Thread.sleep(jitter.nextLong(every.toMillis() + 1));
            while (true) {
                look();
                // Half of it to one and a half.
                Thread.sleep(every.toMillis() / 2 + jitter.nextLong(every.toMillis() + 1));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() throws InterruptedException {
        try {
            var unused = witness.look();
            trouble = null;
        } catch (IOException | RuntimeException e) {
            // Whatever a library comes up with: the next look is a new one.
            trouble = "The log could not be witnessed: " + (e.getMessage() == null ? e : e.getMessage());
        }
        readIncident();
    }

    private void readIncident() {
        try {
            incident = folder.incident()
                    .map(each -> each.text("rule") + ": " + each.text("detail"))
                    .orElse(null);
        } catch (IOException | RuntimeException e) {
            incident = String.valueOf(e.getMessage());
        }
    }

    /** A line that is on disk when this returns. */
    private void raise(Json.Obj found) throws IOException {
        StreamQueue stream = queue.stream(STREAM);
        var record = lines.about(STREAM, "Incident.Raised", clock.instant());
        for (String member : List.of("rule", "severity", "detail", "kept", "shown")) {
            String text = found.optionalText(member);
            if (text != null) {
                record.attribute(member, text.length() <= MOST_NOTE ? text : text.substring(0, MOST_NOTE));
            }
        }
        stream.append(List.of(lines.line(record)), null, null);
        stream.sync();
        stream.hurry();
    }

    /** What the log was found to contradict itself in, until an operator resolves it. */
    public Optional<String> incident() {
        return Optional.ofNullable(incident);
    }

    /** Why the last look did not come to an end; empty if it did. */
    public Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    @Override
    public void close() throws InterruptedException {
        thread.interrupt();
        thread.join();
    }
}
