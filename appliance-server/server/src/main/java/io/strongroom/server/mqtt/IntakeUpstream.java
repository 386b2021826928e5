package io.strongroom.server.mqtt;

import io.micronaut.context.annotation.Secondary;
import io.strongroom.api.CommandOutcome;
import io.strongroom.api.ProblemType;
import io.strongroom.evidence.TenantId;
import io.strongroom.evidence.batch.verify.BatchException;
import io.strongroom.evidence.batch.verify.BatchFrame;
import io.strongroom.evidence.batch.verify.SignedBatch;
import io.strongroom.server.access.Caller;
import io.strongroom.server.access.DeviceIdentity;
import io.strongroom.server.devices.DeviceCommands;
import io.strongroom.server.ingest.DeviceBatches;
import io.strongroom.server.ingest.DeviceMessages;
import io.strongroom.server.ingest.DeviceMessages.Message;
import io.strongroom.server.ingest.Sender;
import io.strongroom.server.ingest.Transport;
import io.strongroom.server.keys.Installation;
import io.strongroom.server.problem.JsonBody;
import io.strongroom.server.problem.ProblemException;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The intake that HTTPS has, too. */
@Singleton
@Secondary
final class IntakeUpstream implements Upstream {
    /** In records of the guard, as routes are. */
    static final String ROUTE = "MQTT d/{device}/up/{stream}";

    private static final int REQUEST_ID_BYTES = 12;
    private static final Set<String> OUTCOME = Set.of("id", "outcome", "reason", "detail");

    private final DeviceBatches batches;
    private final DeviceMessages messages;
    private final DeviceCommands commands;
    private final TenantId tenant;
    private final SecureRandom random;

    IntakeUpstream(
            DeviceBatches batches,
            DeviceMessages messages,
            DeviceCommands commands,
            Installation installation,
            SecureRandom random) {
        this.commands = commands;
        this.batches = batches;
        this.messages = messages;
        this.tenant = installation.tenant();
        this.random = random;
    }

    private Sender sender(DeviceIdentity device) {
        byte[] id = new byte[REQUEST_ID_BYTES];
        random.nextBytes(id);
        return new Sender(
                tenant,
                Sender.Named.OURS,
                new Caller(device, tenant.value()),
                HexFormat.of().formatHex(id),
                ROUTE);
    }

    @Override
    public byte[] batch(DeviceIdentity device, Upward batch) {
        try {
            SignedBatch signed =
                    SignedBatch.parse(BatchFrame.parse(batch.payload()).cose());
            if (!signed.head().stream().equals(batch.stream())) {
                throw new ProblemException(
                        ProblemType.MALFORMED_BATCH, "The batch is of another stream than the topic names.");
            }
        } catch (BatchException e) {
            // What is wrong with it is told below, as it is by HTTPS.
        }
        return batches.take(batch.payload(), sender(device), Transport.MQTT)
                .toJson()
                .bytes();
    }

    @Override
    public void outcome(DeviceIdentity device, Upward outcome) {
        try {
            commands.settle(
                    new Caller(device, tenant.value()),
                    JsonBody.read(outcome.payload(), OUTCOME, each -> each.text("id")),
                    JsonBody.read(outcome.payload(), OUTCOME, CommandOutcome::fromJson));
        } catch (ProblemException e) {
            // Told once more, it would be no other.
            if (e.type() != ProblemType.NOT_FOUND && e.type() != ProblemType.DEVICE_CONFLICT) {
                throw e;
            }
        }
    }

    @Override
    public Examined examine(DeviceIdentity device, List<Upward> upward) {
        DeviceMessages.Way way = messages.examine(
                upward.stream()
                        .map(each -> new Message(each.stream(), each.payload(), each.duplicate()))
                        .toList(),
                sender(device));
        return new Examined() {
            @Override
            public int size() {
                return way.size();
            }

            @Override
            public Optional<Duration> putOff() {
                return way.putOff();
            }

            @Override
            public void settle() {
                way.settle();
            }
        };
    }
}
