package io.strongroom.server.telemetry;

import static java.util.Objects.requireNonNull;

import io.strongroom.api.json.Json;
import io.strongroom.api.json.JsonShapeException;
import io.strongroom.evidence.Rfc3339;
import io.strongroom.evidence.json.JsonException;
import io.strongroom.evidence.ledger.Entry;
import io.strongroom.server.devices.KnownDevices;
import io.strongroom.server.ledger.LedgerDamagedException;
import io.strongroom.server.ledger.LedgerReader;
import io.strongroom.server.privacy.SealedDisclosures;
import io.strongroom.server.telemetry.Observation.Resource;
import io.strongroom.server.telemetry.ObservationBatch.Unreadable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads from the ledger what devices told, and what the appliance told of them. Bodies are fetched of those records alone. For
 * one thread.
 */
final class Observations {
    /** The streams in which the appliance tells of devices. */
    private static final Set<String> OF_DEVICES = Set.of("system.devices", "system.incidents");

    private static final String DEVICE = "Device";
    private static final Set<String> ACCOUNTS = Set.of("User", "Account");

    private static final int MOST_ENTRIES = 16_384;
    private static final int MOST_OBSERVATIONS = 512;
    private static final int MOST_BYTES = 4 << 20;
    private static final int BODIES_AT_ONCE = 64;

    private final LedgerReader ledger;
    private final KnownDevices devices;
    private final Users users;

    Observations(LedgerReader ledger, KnownDevices devices, Users users) {
        this.ledger = ledger;
        this.devices = devices;
        this.users = users;
    }

    /**
     * Reads on, as far as one transaction should go.
     *
     * @param from an entry that there is
     */
    ObservationBatch read(long from) {
        return readUpTo(from, Math.min(ledger.size(), from + MOST_ENTRIES));
    }

    /** Reads on up to an entry that is damaged, or that one alone: the ledger refuses all of a stretch that it is in. */
    private ObservationBatch readUpTo(long from, long to) {
        try {
            return read(from, to);
        } catch (LedgerDamagedException damaged) {
            return to - from > 1
                    ? readUpTo(from, from + (to - from) / 2)
                    : new ObservationBatch(from, to, List.of(), List.of(new Unreadable(from, "entry damaged")));
        }
    }

    private ObservationBatch read(long from, long to) {
        List<Long> wanted = new ArrayList<>();
        long[] end = {from};
        ledger.read(from, to, false, row -> {
            Entry entry = row.entry();
            if (OF_DEVICES.contains(entry.stream())
                    || devices.find(entry.source()).isPresent()) {
                wanted.add(entry.seq());
            }
            end[0] = entry.seq() + 1;
            return wanted.size() < MOST_OBSERVATIONS;
        });
        return bodies(from, end[0], wanted);
    }

    private ObservationBatch bodies(long from, long end, List<Long> wanted) {
        List<Observation> observations = new ArrayList<>();
        List<Unreadable> unreadable = new ArrayList<>();
        long bytes = 0;
        for (int at = 0; at < wanted.size(); at += BODIES_AT_ONCE) {
            if (bytes >= MOST_BYTES) {
                return new ObservationBatch(from, wanted.get(at), observations, unreadable);
            }
            List<Long> some = wanted.subList(at, Math.min(wanted.size(), at + BODIES_AT_ONCE));
            for (LedgerReader.Row row : ledger.find(some)) {
                byte[] body = row.body();
                // One that has expired tells nothing any more.
                if (body != null) {
                    bytes += body.length;
                    take(row.entry(), body, observations, unreadable);
                }
            }
        }
        return new ObservationBatch(from, end, observations, unreadable);
    }

    private void take(Entry entry, byte[] body, List<Observation> observations, List<Unreadable> unreadable) {
        try {
            of(entry, body).ifPresent(observations::add);
        } catch (JsonException | JsonShapeException | IllegalArgumentException noRecord) {
            unreadable.add(new Unreadable(entry.seq(), "no record"));
        }
    }

    private Optional<Observation> of(Entry entry, byte[] body) {
        Json.Obj record = Json.parseObject(body);
        RecordInHand inHand = new RecordInHand(entry, body, record, once(() -> ledger.disclosures(entry.seq())));
        Optional<String> device = OF_DEVICES.contains(entry.stream()) ? about(inHand) : Optional.of(entry.source());
        if (device.isEmpty()) {
            return Optional.empty();
        }
        // A time that policy hides is not known; the ledger's own is.
        String occurredAt = record.optionalText("occurredAt");
        return Optional.of(new Observation(
                entry.seq(),
                entry.id(),
                device.get(),
                entry.stream(),
                Texts.clean(record.text("action")),
                Optional.ofNullable(record.optionalText("outcome")).orElse("unknown"),
                resource(inHand),
                occurredAt == null ? entry.at() : Rfc3339.parse(occurredAt),
                entry.at(),
                record.get("batch").isPresent(),
                entry.policy().toString(),
                Normal.of(record.object("attributes")),
                users.of(inHand)));
    }

    private static Supplier<List<SealedDisclosures>> once(Supplier<List<SealedDisclosures>> asked) {
        AtomicReference<@Nullable List<SealedDisclosures>> known = new AtomicReference<>();
        return () -> requireNonNull(known.updateAndGet(before -> before == null ? asked.get() : before));
    }

    /** Which device the appliance tells of; empty if it is none. */
    private Optional<String> about(RecordInHand record) {
        for (String party : List.of("resource", "actor")) {
            if (record.text("/" + party + "/type").filter(DEVICE::equals).isPresent()) {
                // A device's id is no secret, though policy may hide who did something: it is the source of its
                // records.
                return users.opened(record, "/" + party + "/id")
                        .filter(id -> devices.find(id).isPresent());
            }
        }
        return Optional.empty();
    }

    private static Optional<Resource> resource(RecordInHand record) {
        Optional<String> type = record.text("/resource/type").filter(each -> !ACCOUNTS.contains(each));
        Optional<String> id = record.text("/resource/id");
        return type.isPresent() && id.isPresent()
                ? Optional.of(new Resource(Texts.clean(type.get()), Texts.clean(id.get())))
                : Optional.empty();
    }
}
