package io.strongroom.agent;

import io.strongroom.agent.collect.CollectorLoop;
import io.strongroom.agent.command.CommandPoll;
import io.strongroom.agent.identity.Connection;
import io.strongroom.agent.identity.DeviceIdentity;
import io.strongroom.agent.identity.Renewal;
import io.strongroom.agent.policy.PolicySettings;
import io.strongroom.agent.queue.AgentQueue;
import io.strongroom.agent.queue.StreamQueue;
import io.strongroom.agent.send.Skew;
import io.strongroom.agent.send.Standing;
import io.strongroom.agent.witness.WitnessLoop;
import io.strongroom.api.json.Json;
import io.strongroom.evidence.Rfc3339;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the agent tells of itself: once a second to a file that {@code status} reads, and now and then to the appliance. */
final class AgentStatus {
    private final Path file;
    private final Connection connection;
    private final AgentQueue queue;
    private final Standing standing;
    private final Ways ways;
    private final PolicySettings policy;
    private final Skew skew;
    private final List<CollectorLoop> collectors;
    private final CommandPoll commands;
    private final Optional<WitnessLoop> witness;
    private final InstantSource clock;
    private volatile @Nullable String identityTrouble;

    /** @param collectors read whenever the status is; may still grow */
    AgentStatus(
            Path file,
            Connection connection,
            AgentQueue queue,
            Standing standing,
            Ways ways,
            PolicySettings policy,
            Skew skew,
            List<CollectorLoop> collectors,
            CommandPoll commands,
            Optional<WitnessLoop> witness,
            InstantSource clock) {
        this.commands = commands;
        this.witness = witness;
        this.file = file;
        this.connection = connection;
        this.queue = queue;
        this.standing = standing;
        this.ways = ways;
        this.policy = policy;
        this.skew = skew;
        this.collectors = collectors;
        this.clock = clock;
    }

    /** Whether the certificate stands as it should. */
    boolean renewal(Renewal.Outcome outcome) {
        identityTrouble = outcome == Renewal.Outcome.REFUSED
                ? "The appliance does not let this certificate in; an officer can say why."
                : null;
        return outcome != Renewal.Outcome.REFUSED;
    }

    void renewalFailed(String why) {
        identityTrouble = "How the certificate stands could not be asked: " + why;
    }

    /** Writes the file. That it cannot be written hinders nothing else. */
    void write() {
        try {
            Path next = file.resolveSibling(file.getFileName() + ".tmp");
            Files.write(next, whole("running").bytes());
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            identityTrouble = "The status cannot be written: " + e;
        }
    }

    void stopped() throws IOException {
        Files.write(file, whole("stopped").bytes());
    }

    private Json.Obj whole(String state) {
        DeviceIdentity identity = connection.identity();
        List<Json> streams = new ArrayList<>();
        for (StreamQueue stream : queue.streams()) {
            streams.add(Json.object()
                    .put("stream", stream.stream().value())
                    .put("epoch", stream.epoch())
                    .put("waiting", stream.depth())
                    .build());
        }
        return Json.object()
                .put("state", state)
                .put("pid", ProcessHandle.current().pid())
                .put("at", Rfc3339.format(clock.millis()))
                .put("version", Agent.version())
                .put("device", identity.device().value())
                .put("appliance", identity.url().toString())
                .put(
                        "certificateUntil",
                        Rfc3339.format(identity.certificate().getNotAfter().getTime()))
                .put("queue", queueState())
                .put("sent", sent())
                .put("policy", policy.source())
                .put("shutOut", standing.shutOut().orElse(null))
                .put("trouble", trouble())
                .put("refused", policy.refusal().orElse(null))
                .put("incident", witness.flatMap(WitnessLoop::incident).orElse(null))
                .put("streams", new Json.Arr(streams))
                .put("collectors", collectors())
                .build();
    }

    private @Nullable String trouble() {
        return standing.trouble()
                .or(queue::problem)
                .or(() -> Optional.ofNullable(identityTrouble))
                .or(policy::trouble)
                .or(() -> witness.flatMap(WitnessLoop::trouble))
                .or(commands::trouble)
                .orElse(null);
    }

    private Json.Arr collectors() {
        List<Json> all = new ArrayList<>();
        for (CollectorLoop collector : collectors) {
            Json.Builder told = Json.object().put("collector", collector.name()).put("taken", collector.taken());
            collector.cpuMillis().ifPresent(millis -> told.put("cpuMillis", millis));
            all.add(told.put("trouble", collector.trouble().orElse(null)).build());
        }
        return new Json.Arr(all);
    }

    private Json.Obj queueState() {
        Json.Builder state = Json.object().put("waiting", queue.depth());
        try {
            state.put("bytes", queue.diskBytes());
        } catch (IOException e) {
            state.put("problem", e.toString());
        }
        return state.build();
    }

    private Json.Obj sent() {
        long last = standing.lastAcknowledgedMillis();
        return Json.object()
                .put("transport", ways.current())
                .put("batches", standing.batches())
                .put("lines", standing.lines())
                .put("rejected", standing.rejected())
                .put("lastAcknowledged", last == 0 ? null : Rfc3339.format(last))
                .put("applianceAheadMillis", skew.aheadMillis().orElse(null))
                .build();
    }

    /** For the appliance. */
    Json.Obj ownHealth() {
        Runtime runtime = Runtime.getRuntime();
        return Json.object()
                .put("version", Agent.version())
                .put("upMillis", ManagementFactory.getRuntimeMXBean().getUptime())
                .put("heapBytes", runtime.totalMemory() - runtime.freeMemory())
                .put("queue", queueState())
                .put("sent", sent())
                .put("policy", policy.source())
                .put("collectors", collectors())
                .put("queueProblem", queue.problem().orElse(null))
                .build();
    }
}
