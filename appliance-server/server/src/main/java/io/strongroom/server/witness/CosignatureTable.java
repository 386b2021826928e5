package io.strongroom.server.witness;

import io.strongroom.evidence.note.NoteSignature;
import io.strongroom.evidence.note.SignedNote;
import io.strongroom.evidence.note.VerifierKey;
import io.strongroom.server.database.Database;
import io.strongroom.server.database.Sql;
import io.strongroom.server.devices.DeviceWitnesses;
import io.strongroom.server.keys.Installation;
import io.strongroom.server.ledger.Cosignatures;
import io.strongroom.server.ledger.FullCheckpoints;
import io.strongroom.server.ledger.StoredCheckpoint;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The cosignatures that are kept: at most {@link #MOST} of a checkpoint. */
@Singleton
final class CosignatureTable implements Cosignatures {
    /** A note has at most 100 signatures, and every pack and proof carries them. */
    static final int MOST = 32;

    /** What is proved now had best lean on what was witnessed lately, and be found fast. */
    private static final Duration LATELY = Duration.ofDays(7);

    private static final int MOST_LATELY = 100;
    private static final long FRESH_MILLIS = 5_000;
    private static final Lately NEVER = new Lately(Long.MIN_VALUE / 2, List.of());

    private final Database database;
    private final FullCheckpoints checkpoints;
    private final DeviceWitnesses witnesses;
    private final InstantSource clock;
    private final String tenant;
    private volatile Lately lately = NEVER;

    CosignatureTable(
            Database database,
            FullCheckpoints checkpoints,
            DeviceWitnesses witnesses,
            InstantSource clock,
            Installation installation) {
        this.database = database;
        this.checkpoints = checkpoints;
        this.witnesses = witnesses;
        this.clock = clock;
        this.tenant = installation.tenant().value();
    }

    /** A checkpoint's size, and how many cosigned it. */
    private record Witnessed(long size, long count) {}

    /** @param readAt epoch milliseconds */
    private record Lately(long readAt, List<Witnessed> all) {}

    private record Kept(String device, byte[] signature) {}

    /** Keeps one, durably, unless it is kept already, or enough are. */
    void keep(long size, String device, byte[] signature) {
        var unused = database.durable(connection -> {
            List<String> there = Sql.all(
                    connection,
                    "SELECT device_id FROM checkpoint_cosignature WHERE size = ?",
                    row -> row.getString("device_id"),
                    size);
            if (there.contains(device) || there.size() >= MOST) {
                return 0;
            }
            return Sql.update(
                    connection,
                    "INSERT INTO checkpoint_cosignature (tenant_id, size, device_id, signature, at_millis)"
                            + " VALUES (?, ?, ?, ?, ?)",
                    tenant,
                    size,
                    device,
                    signature,
                    clock.millis());
        });
        lately = NEVER;
    }

    @Override
    public SignedNote on(StoredCheckpoint checkpoint) {
        SignedNote note = SignedNote.parse(checkpoint.note());
        if (!checkpoint.full()) {
            return note;
        }
        List<Kept> kept = database.read(connection -> Sql.all(
                connection,
                "SELECT device_id, signature FROM checkpoint_cosignature WHERE size = ? ORDER BY at_millis, device_id",
                row -> new Kept(row.getString("device_id"), row.getBytes("signature")),
                checkpoint.size()));
        for (Kept each : kept.subList(0, Math.min(MOST, kept.size()))) {
            Optional<VerifierKey> key = witnesses.key(each.device());
            // What does not fit would have the whole note refused.
            if (key.isPresent() && key.get().verify(note.text(), each.signature())) {
                note = note.with(new NoteSignature(each.device(), key.get().keyId(), each.signature()));
            }
        }
        return note;
    }

    @Override
    public Optional<StoredCheckpoint> covering(long size) {
        return lately().stream()
                .filter(witnessed -> witnessed.size() >= size)
                .max(Comparator.comparingLong(Witnessed::count).thenComparingLong(Witnessed::size))
                .flatMap(witnessed -> checkpoints.find(witnessed.size()));
    }

    @Override
    public long witnesses(long above, long size) {
        return database.read(connection -> Sql.first(
                        connection,
                        "SELECT count(DISTINCT device_id) AS witnesses FROM checkpoint_cosignature"
                                + " WHERE size > ? AND size <= ?",
                        row -> row.getLong("witnesses"),
                        above,
                        size)
                .orElse(0L));
    }

    /** Asked for each proof, so it costs no query but now and then. */
    private List<Witnessed> lately() {
        long now = clock.millis();
        Lately known = lately;
        if (Math.abs(now - known.readAt()) < FRESH_MILLIS) {
            return known.all();
        }
        List<Witnessed> all = database.read(connection -> Sql.all(
                connection,
                "SELECT size, count(*) AS witnesses FROM checkpoint_cosignature WHERE at_millis > ?"
                        + " GROUP BY size ORDER BY size DESC LIMIT " + MOST_LATELY,
                row -> new Witnessed(row.getLong("size"), row.getLong("witnesses")),
                now - LATELY.toMillis()));
        lately = new Lately(now, all);
        return all;
    }
}
