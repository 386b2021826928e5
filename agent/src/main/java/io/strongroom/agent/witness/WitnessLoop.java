package io.strongroom.agent.witness;

import io.strongroom.agent.line.IncidentLines;
import io.strongroom.api.json.Json;
import io.strongroom.evidence.SourceId;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Has the witness look again and again: each time after a pause drawn around the interval, so that a fleet does not come at once. */
public final class WitnessLoop implements AutoCloseable {
    private final WitnessFolder folder;
    private final Witness witness;
    private final IncidentLines incidents;
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
            SourceId device,
            HttpsLog log,
            IncidentLines incidents,
            Clock clock,
            Duration every,
            RandomGenerator jitter) {
        this.folder = new WitnessFolder(data);
        this.witness = new Witness(device.value(), folder, log, this::raise, clock, new SecureRandom());
        this.incidents = incidents;
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

    private void raise(Json.Obj found) throws IOException {
        Map<String, String> told = new LinkedHashMap<>();
        for (String member : List.of("rule", "severity", "detail", "kept", "shown")) {
            String text = found.optionalText(member);
            if (text != null) {
                told.put(member, text);
            }
        }
        incidents.raise(told);
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
