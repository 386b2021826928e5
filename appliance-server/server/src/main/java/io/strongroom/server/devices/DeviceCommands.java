package io.strongroom.server.devices;

import io.micronaut.context.BeanProvider;
import io.strongroom.api.CommandOutcome;
import io.strongroom.api.DeviceCommand;
import io.strongroom.api.DeviceOrder;
import io.strongroom.api.ProblemType;
import io.strongroom.api.json.Json;
import io.strongroom.evidence.Rfc3339;
import io.strongroom.server.access.Caller;
import io.strongroom.server.access.DeviceState;
import io.strongroom.server.access.TokenText;
import io.strongroom.server.database.Database;
import io.strongroom.server.problem.ProblemException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What officers ask devices to do. A command is given out until the device has told what came of it, or it expires; by its id
 * the device knows it again.
 */
@Singleton
public final class DeviceCommands {
    /** How long a device is left waiting for a command. */
    static final Duration HELD = Duration.ofSeconds(25);

    /** How many devices of a group are asked in one go. */
    static final int MOST_AT_ONCE = 100;

    private static final Duration KEPT = Duration.ofDays(90);
    private static final int ID_CHARS = 16;

    private final Database database;
    private final DeviceRegistry registry;
    private final Changes changes;
    private final CommandWaits waits;
    private final Iterable<CommandCourier> couriers;
    private final DeviceCounts counts;
    private final InstantSource clock;
    private final SecureRandom random;

    @Inject
    DeviceCommands(
            Database database,
            DeviceRegistry registry,
            Changes changes,
            CommandWaits waits,
            BeanProvider<CommandCourier> couriers,
            DeviceCounts counts,
            InstantSource clock,
            SecureRandom random) {
        this(database, registry, changes, waits, (Iterable<CommandCourier>) couriers, counts, clock, random);
    }

    DeviceCommands(
            Database database,
            DeviceRegistry registry,
            Changes changes,
            CommandWaits waits,
            Iterable<CommandCourier> couriers,
            DeviceCounts counts,
            InstantSource clock,
            SecureRandom random) {
        this.counts = counts;
        this.database = database;
        this.registry = registry;
        this.changes = changes;
        this.waits = waits;
        this.couriers = couriers;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Asks a device. Durable, recorded, and on its way when this returns.
     *
     * @throws ProblemException {@code not-found}; {@code device-conflict} if the device will not be let in to fetch it, or
     *     has as many as it may
     */
    CommandRow ask(Caller by, String device, DeviceOrder order, Duration life) {
        CommandRow asked = changes.make(change -> {
            DeviceRow row = DeviceRow.find(change.connection(), device)
                    .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, "There is no device of this id."));
            if (row.state() != DeviceState.ACTIVE && row.state() != DeviceState.LOCKED) {
                throw new ProblemException(
                        ProblemType.DEVICE_CONFLICT,
                        "The device is " + row.state().name().toLowerCase(Locale.ROOT) + ".");
            }
            if (CommandRow.open(change.connection(), device, change.now()).size() >= DeviceCommand.MOST_OPEN) {
                throw new ProblemException(
                        ProblemType.DEVICE_CONFLICT,
                        "The device has " + DeviceCommand.MOST_OPEN
                                + " commands that it has not answered. Wait until it has, or they expire.");
            }
            CommandRow.forget(change.connection(), change.now() - KEPT.toMillis());
            CommandRow command = new CommandRow(
                    "cmd-" + TokenText.drawText(random, ID_CHARS),
                    device,
                    order,
                    by.id(),
                    change.now(),
                    change.now() + life.toMillis(),
                    null,
                    null,
                    null);
            CommandRow.insert(change, command);
            changes.record(by, "Device.CommandGiven", Admission.DEVICE, device, told(command));
            return command;
        });
        counts.count(DeviceCounts.What.COMMAND_GIVEN);
        waits.tell(device);
        byte[] message = asked.command().toJson().bytes();
        couriers.forEach(courier -> courier.deliver(device, message));
        return asked;
    }

    /** A device that was not asked. */
    record NotAsked(String device, String why) {}

    /**
     * What came of asking some devices of a group.
     *
     * @param next the last of them, where there are more; null where there are none
     */
    record AskedOfGroup(
            List<CommandRow> asked,
            List<NotAsked> notAsked,
            @Nullable String next) {}

    /**
     * Asks the next devices of a group, in the order of their ids, {@link #MOST_AT_ONCE} at most: those that are let in. Each is
     * asked by itself, as by {@link #ask}.
     *
     * @param after the device at which it stopped before; empty for the first
     * @throws ProblemException {@code not-found} if there is no such group
     */
    AskedOfGroup askGroup(Caller by, String group, String after, DeviceOrder order, Duration life) {
        if (database.read(connection -> DeviceGroup.find(connection, group)).isEmpty()) {
            throw new ProblemException(ProblemType.NOT_FOUND, "There is no group of this name.");
        }
        List<String> devices = registry.devices().stream()
                .filter(device -> device.group().equals(group) && device.state() == DeviceState.ACTIVE)
                .map(DeviceRow::id)
                .filter(id -> id.compareTo(after) > 0)
                .sorted()
                .limit(MOST_AT_ONCE + 1)
                .toList();
        List<CommandRow> asked = new ArrayList<>();
        List<NotAsked> notAsked = new ArrayList<>();
        for (String device : devices.subList(0, Math.min(MOST_AT_ONCE, devices.size()))) {
            try {
                asked.add(ask(by, device, order, life));
            } catch (ProblemException e) {
                if (e.type() != ProblemType.DEVICE_CONFLICT) {
                    throw e;
                }
                notAsked.add(new NotAsked(device, e.problem().detail()));
            }
        }
        return new AskedOfGroup(asked, notAsked, devices.size() > MOST_AT_ONCE ? devices.get(MOST_AT_ONCE - 1) : null);
    }

    private static Map<String, Object> told(CommandRow command) {
        Map<String, Object> told = new HashMap<>();
        told.put("command", command.id());
        told.put("expiresAt", Rfc3339.format(command.expiresAt()));
        told.put("kind", command.order().kind());
        if (command.order() instanceof DeviceOrder.Resend resend) {
            told.put("stream", resend.stream().value());
            told.put("epoch", resend.epoch());
            told.put("first", resend.first());
            told.put("last", resend.last());
        } else if (command.order() instanceof DeviceOrder.RotateQueue rotate) {
            rotate.stream().ifPresent(stream -> told.put("stream", stream.value()));
        }
        return told;
    }

    /**
     * Commands that the device does not name as known; waits for one where there is none.
     *
     * @return none if there is none within {@link #HELD}, or the device asks once more meanwhile
     * @throws ProblemException {@code device-revoked} or {@code device-locked}, at once when it becomes so
     */
    List<DeviceCommand> await(String device, Set<String> known) throws InterruptedException {
        long deadline = System.nanoTime() + HELD.toNanos();
        try (CommandWaits.Wait wait = waits.begin(device)) {
            while (true) {
                requireActive(device);
                List<DeviceCommand> open = take(device, known);
                if (!open.isEmpty()) {
                    return open;
                }
                if (!wait.await(Duration.ofNanos(deadline - System.nanoTime()))) {
                    return List.of();
                }
            }
        }
    }

    private void requireActive(String device) {
        DeviceRow row = registry.device(device);
        Admission.requireActive(row == null ? DeviceState.REVOKED : row.state());
    }

    private List<DeviceCommand> take(String device, Set<String> known) {
        List<CommandRow> open =
                database.read(connection -> CommandRow.open(connection, device, clock.millis())).stream()
                        .filter(command -> !known.contains(command.id()))
                        .toList();
        if (open.stream().anyMatch(command -> command.deliveredAt() == null)) {
            var unused = database.write(connection -> {
                for (CommandRow command : open) {
                    CommandRow.delivered(connection, command.id(), clock.millis());
                }
                return true;
            });
        }
        return open.stream().map(CommandRow::command).toList();
    }

    /** Hands all that is open to a way down that has just opened. */
    public void deliverOpen(String device, CommandCourier way) {
        database.read(connection -> CommandRow.open(connection, device, clock.millis()))
                .forEach(command ->
                        way.deliver(device, command.command().toJson().bytes()));
    }

    /**
     * Takes in what came of a command. Durable, and recorded, when it returns. The same once more changes nothing; one that
     * comes after the command expired counts, since that is what happened.
     *
     * @throws ProblemException {@code not-found}, or {@code device-conflict} if the device told something else before
     */
    public void settle(Caller device, String id, CommandOutcome outcome) {
        boolean settled = database.durable(connection -> {
            CommandRow command = CommandRow.find(connection, device.id(), id)
                    .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, "The device has no such command."));
            if (!CommandRow.settle(connection, id, outcome, clock.millis())) {
                CommandRow before = CommandRow.find(connection, device.id(), id).orElseThrow();
                if (outcome.equals(before.outcome())) {
                    return false;
                }
                throw new ProblemException(
                        ProblemType.DEVICE_CONFLICT, "The device has told another outcome of this command.");
            }
            Map<String, Object> told =
                    new HashMap<>(Map.of("command", id, "kind", command.order().kind()));
            if (outcome instanceof CommandOutcome.Failed failed) {
                told.put("reason", failed.reason());
            }
            changes.record(
                    device,
                    outcome instanceof CommandOutcome.Done ? "Device.CommandDone" : "Device.CommandFailed",
                    Admission.DEVICE,
                    device.id(),
                    told);
            return true;
        });
        if (settled) {
            counts.count(
                    outcome instanceof CommandOutcome.Done
                            ? DeviceCounts.What.COMMAND_DONE
                            : DeviceCounts.What.COMMAND_FAILED);
        }
    }

    /** A page of a device's commands, the newest first; {@code after} is the id of the last one of the page before. */
    List<CommandRow> list(String device, @Nullable String after, int most) {
        return database.read(connection -> {
            long madeAt = Long.MAX_VALUE;
            String id = "";
            if (after != null) {
                CommandRow last = CommandRow.find(connection, device, after)
                        .orElseThrow(() -> new ProblemException(
                                ProblemType.INVALID_PARAMETER,
                                "The parameter after is the id of a command of this device."));
                madeAt = last.madeAt();
                id = last.id();
            }
            return CommandRow.before(connection, device, madeAt, id, most);
        });
    }

    /** As people and programs see it. */
    Json.Obj wire(CommandRow command) {
        Long delivered = command.deliveredAt();
        Long settled = command.settledAt();
        Json.Builder json = Json.object()
                .putAll(command.command().toJson())
                .put("device", command.device())
                .put("state", command.state(clock.millis()))
                .put("madeBy", command.madeBy())
                .put("madeAt", Rfc3339.format(command.madeAt()))
                .put("deliveredAt", delivered == null ? null : Rfc3339.format(delivered))
                .put("settledAt", settled == null ? null : Rfc3339.format(settled));
        if (command.outcome() instanceof CommandOutcome.Failed failed) {
            json.put("reason", failed.reason()).put("detail", failed.detail());
        }
        return json.build();
    }
}
