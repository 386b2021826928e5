package io.strongroom.server.telemetry.incident;

import static java.util.Objects.requireNonNull;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.RecordId;
import io.strongroom.server.access.DeviceState;
import io.strongroom.server.database.JdbcDatabase;
import io.strongroom.server.database.TestDatabases;
import io.strongroom.server.devices.KnownDevices;
import io.strongroom.server.follow.FollowerStatus;
import io.strongroom.server.ledger.AppendOutcome;
import io.strongroom.server.ledger.Ledger;
import io.strongroom.server.ledger.LedgerClosedException;
import io.strongroom.server.ledger.Receipt;
import io.strongroom.server.ledger.RidingRow;
import io.strongroom.server.privacy.Sealed;
import io.strongroom.server.record.Draft;
import io.strongroom.server.record.IdempotencyKey;
import io.strongroom.server.record.IdempotencyKeys;
import io.strongroom.server.record.SystemRecords;
import io.strongroom.server.telemetry.Observation;
import io.strongroom.server.telemetry.incident.rule.Rules;
import io.strongroom.server.telemetry.incident.rule.Seen;
import io.strongroom.server.telemetry.incident.rule.Thresholds;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.spec.SecretKeySpec;

/** Incidents on a database, with a ledger of observations, a follower that a test moves, and a clock. */
final class IncidentStand implements Ledger, SystemRecords, KnownDevices {
    static final Duration KEPT = Duration.ofDays(365);

    final JdbcDatabase database;
    final AtomicLong now = new AtomicLong(Seen.DAY);
    final InstantSource clock = () -> Instant.ofEpochMilli(now.get());
    final IncidentRecords records;
    final Incidents incidents;
    final List<Observation> ledger = new ArrayList<>();
    DeviceState state = DeviceState.ACTIVE;
    boolean ledgerIsDown;
    boolean answersAreLost;

    private final Map<String, Long> keys = new HashMap<>();
    private final Map<RecordId, Event> drafted = new HashMap<>();
    private Thresholds thresholds = Thresholds.DEFAULT;
    private IncidentView view;
    private IncidentRecorder recorder;
    private long cursor;
    private long rebuildUntil;
    private long ids;

    IncidentStand(JdbcDatabase database) {
        this.database = database;
        records = new IncidentRecords(
                this, new IdempotencyKeys(TestDatabases.TENANT, new SecretKeySpec(new byte[32], "HmacSHA256")), this);
        incidents = new Incidents(database, records, clock);
        view = view();
        recorder = recorder();
    }

    private IncidentView view() {
        return new IncidentView(new Rules(thresholds), TestDatabases.TENANT.value(), KEPT);
    }

    void expire(long at) {
        database.owner(connection -> view.expire(connection, at, 100));
    }

    private IncidentRecorder recorder() {
        return new IncidentRecorder(
                database,
                records,
                new Silence(this, Duration.ofMinutes(thresholds.heartbeatMinutes())),
                this::status,
                clock);
    }

    private FollowerStatus status() {
        return new FollowerStatus(cursor, ledger.size(), 0, cursor < rebuildUntil, 0, false);
    }

    /** A new process, which knows what the database and the ledger know. */
    void restart(Thresholds others) {
        thresholds = others;
        view = view();
        recorder = recorder();
    }

    void see(Seen... all) {
        for (Seen seen : all) {
            ledger.add(seen.at(ledger.size()));
        }
    }

    /** Lets the view go on by a batch. */
    void follow(int most) {
        int to = (int) Math.min(ledger.size(), cursor + most);
        List<Observation> batch = List.copyOf(ledger.subList((int) cursor, to));
        if (!batch.isEmpty()) {
            database.owner(connection -> {
                view.take(connection, batch);
                return "";
            });
        }
        cursor = to;
    }

    /** Follows and records until there is nothing more to do; returns how many records were written. */
    int settle() {
        int count = 0;
        int written;
        do {
            follow(Integer.MAX_VALUE);
            written = recorder.record();
            count += written;
        } while (written > 0 || cursor < ledger.size());
        return count;
    }

    int record() {
        return recorder.record();
    }

    /** Empties the view, as a follower does that begins anew. */
    void beginAgain() {
        database.owner(connection -> {
            for (String table : view.tables()) {
                io.strongroom.server.database.Sql.update(connection, "DELETE FROM " + table);
            }
            return "";
        });
        view.forget();
        rebuildUntil = ledger.size();
        cursor = 0;
    }

    List<String> said() {
        return ledger.stream()
                .filter(each -> each.stream().equals(IncidentRecords.STREAM))
                .map(each -> each.action() + " "
                        + each.text("rule").orElse(each.text("because").orElse("")))
                .map(String::strip)
                .toList();
    }

    List<Incident> all() {
        return incidents.list(Incidents.Filter.ALL, Long.MAX_VALUE, 1000);
    }

    List<Incident> everything() {
        return database.read(connection -> io.strongroom.server.database.Sql.all(
                connection, "SELECT " + IncidentTable.COLUMNS + " FROM incident ORDER BY id", IncidentTable::incident));
    }

    @Override
    public Draft draft(String stream, Event event) {
        RecordId id = RecordId.of(now.get(), Arrays.copyOf(new byte[] {(byte) (ids >> 8), (byte) ids++}, 10));
        drafted.put(id, event);
        return new Draft(
                id,
                stream,
                "strongroom",
                null,
                "standard",
                Digest.ZERO,
                Digest.ZERO,
                new byte[1],
                null,
                Sealed.NOTHING);
    }

    @Override
    public List<CompletableFuture<AppendOutcome>> append(List<Draft> drafts) {
        if (ledgerIsDown) {
            throw new LedgerClosedException("it is down");
        }
        return drafts.stream().map(this::append).toList();
    }

    @Override
    public List<CompletableFuture<AppendOutcome>> append(List<Draft> drafts, List<RidingRow> riding) {
        throw new UnsupportedOperationException("nothing rides along with incidents");
    }

    private CompletableFuture<AppendOutcome> append(Draft draft) {
        IdempotencyKey key = draft.key();
        String name = key == null ? draft.id().toString() : key.high() + " " + key.low();
        Long first = keys.get(name);
        Receipt receipt = new Receipt(draft.id(), first == null ? ledger.size() : first, draft.digest());
        if (first == null) {
            keys.put(name, (long) ledger.size());
            Event event = requireNonNull(drafted.remove(draft.id()));
            ledger.add(observation(event));
        }
        if (answersAreLost) {
            return CompletableFuture.failedFuture(new IllegalStateException("the answer is lost"));
        }
        return CompletableFuture.completedFuture(
                first == null ? new AppendOutcome.Appended(receipt) : new AppendOutcome.Replayed(receipt));
    }

    private Observation observation(Event event) {
        Seen seen = new Seen(
                event.resourceId(), IncidentRecords.STREAM, event.action(), event.occurredAt(), now.get(), Map.of());
        return flat(seen, "", event.attributes()).at(ledger.size());
    }

    private static Seen flat(Seen seen, String prefix, Map<?, ?> attributes) {
        Seen all = seen;
        for (Map.Entry<?, ?> each : attributes.entrySet()) {
            String name = prefix + each.getKey();
            all = switch (each.getValue()) {
                case Map<?, ?> inner -> flat(all, name + ".", inner);
                case Number number -> all.with(name, number.doubleValue());
                default -> all.with(name, each.getValue().toString());
            };
        }
        return all;
    }

    @Override
    public Optional<KnownDevice> find(String id) {
        return Optional.of(new KnownDevice(id, "", "default", state, 0, 0));
    }

    @Override
    public List<KnownDevice> after(String id, int most) {
        return List.of();
    }
}
