package io.strongroom.server.telemetry;

import static java.util.Objects.requireNonNull;

import io.strongroom.api.json.Json;
import io.strongroom.api.json.JsonShapeException;
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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads from the ledger what devices told, and what the appliance told of them. Bodies are fetched of those records alone, and
 * read whole only if a view wants to. For one thread.
 */
final class Observations {
    /** The streams in which the appliance tells of devices. */
    private static final Set<String> OF_DEVICES = Set.of("system.devices", "system.incidents");

    private static final String DEVICE = "Device";
    private static final Set<String> ACCOUNTS = Set.of("User", "Account");

    static final int MOST_ENTRIES = 8_192;

    /** What is read whole stays in memory until its transaction is over. */
    private static final int MOST_WHOLE = 1_024;

    private static final int MOST_BYTES = 4 << 20;

    private final LedgerReader ledger;
    private final KnownDevices devices;
    private final Users users;
    private final List<View> views;

    Observations(LedgerReader ledger, KnownDevices devices, Users users, List<View> views) {
        this.ledger = ledger;
        this.devices = devices;
        this.users = users;
        this.views = List.copyOf(views);
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
            Stretch stretch = new Stretch(from);
            ledger.read(from, to, this::isOfADevice, stretch::take);
            return stretch.batch();
        } catch (LedgerDamagedException damaged) {
            return to - from > 1
                    ? readUpTo(from, from + (to - from) / 2)
                    : new ObservationBatch(from, to, List.of(), List.of(new Unreadable(from, "entry damaged")));
        }
    }

    private boolean isOfADevice(Entry entry) {
        return OF_DEVICES.contains(entry.stream())
                || devices.find(entry.source()).isPresent();
    }

    /** What is being read at once. */
    private final class Stretch {
        private final long from;
        private final List<Observation> observations = new ArrayList<>();
        private final List<Unreadable> unreadable = new ArrayList<>();
        private long end;
        private int whole;
        private long bytes;

        private Stretch(long from) {
            this.from = from;
            this.end = from;
        }

        /** @return whether there is room for more */
        private boolean take(LedgerReader.Row row) {
            byte[] body = row.body();
            // One that has expired tells nothing any more.
            if (body != null) {
                take(row.entry(), body);
            }
            end = row.entry().seq() + 1;
            return whole < MOST_WHOLE && bytes < MOST_BYTES;
        }

        private void take(Entry entry, byte[] body) {
            try {
                Glance glance = Glance.of(body);
                if (isRead(entry.stream(), glance.action())) {
                    whole++;
                    bytes += body.length;
                    whole(entry, body, glance).ifPresent(observations::add);
                } else {
                    observations.add(
                            observation(entry, glance, entry.source(), Optional.empty(), Map.of(), Optional.empty()));
                }
            } catch (JsonException | JsonShapeException | IllegalArgumentException noRecord) {
                unreadable.add(new Unreadable(entry.seq(), "no record"));
            }
        }

        private ObservationBatch batch() {
            return new ObservationBatch(from, end, observations, unreadable);
        }
    }

    private boolean isRead(String stream, String action) {
        if (OF_DEVICES.contains(stream)) {
            return true;
        }
        for (View view : views) {
            if (view.reads(stream, action)) {
                return true;
            }
        }
        return false;
    }

    private Optional<Observation> whole(Entry entry, byte[] body, Glance glance) {
        Json.Obj record = Json.parseObject(body);
        RecordInHand inHand = new RecordInHand(entry, body, record, once(() -> ledger.disclosures(entry.seq())));
        Optional<String> device = OF_DEVICES.contains(entry.stream()) ? about(inHand) : Optional.of(entry.source());
        return device.map(id -> observation(
                entry, glance, id, resource(inHand), Normal.of(record.object("attributes")), users.of(inHand)));
    }

    private static Observation observation(
            Entry entry,
            Glance glance,
            String device,
            Optional<Resource> resource,
            Map<String, Observation.Value> attributes,
            Optional<Observation.User> user) {
        return new Observation(
                entry.seq(),
                entry.id(),
                device,
                entry.stream(),
                Texts.clean(glance.action()),
                glance.outcome(),
                resource,
                // A time that policy hides is not known; the ledger's own is.
                glance.occurredAt().orElse(entry.at()),
                entry.at(),
                glance.signed(),
                entry.policy(),
                attributes,
                user);
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
