package io.strongroom.server.ingest;

import io.strongroom.api.BatchAck;
import io.strongroom.api.BatchAck.Rejected;
import io.strongroom.api.json.Json;
import io.strongroom.evidence.Digest;
import io.strongroom.evidence.TenantId;
import io.strongroom.evidence.batch.BatchHead;
import io.strongroom.evidence.batch.Epoch;
import io.strongroom.server.database.Database;
import io.strongroom.server.ledger.RidingRow;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The batches that came, by device, stream, epoch and first sequence. Whoever writes is alone with the stream. */
final class DeviceBatchTable {
    private static final String COLUMNS =
            "SELECT first_seq, last_seq, digest, previous, received_at, transport, settled, rejected";
    private static final String FROM = " FROM device_batch";
    private static final String OF_STREAM = " WHERE device = ? AND stream = ? AND epoch = ?";

    private final Database database;
    private final String tenant;
    private final String upsert;

    DeviceBatchTable(Database database, TenantId tenant) {
        this.database = database;
        this.tenant = tenant.value();
        this.upsert = upsert(database.engine());
    }

    private static String upsert(Database.Engine engine) {
        String columns = "device_batch (tenant_id, device, stream, epoch, first_seq, last_seq, digest, previous,"
                + " received_at, transport, settled, rejected) ";
        String values = "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
        return switch (engine) {
            case POSTGRESQL ->
                "INSERT INTO " + columns + values + " ON CONFLICT (device, stream, epoch, first_seq)"
                        + " DO UPDATE SET settled = excluded.settled, rejected = excluded.rejected";
            case H2 -> "MERGE INTO " + columns + "KEY (device, stream, epoch, first_seq) " + values;
        };
    }

    /** The batch of the highest sequence in the stream and epoch of {@code head}. */
    Optional<DeviceBatchRow> newest(BatchHead head) {
        return database.read(connection -> one(
                connection,
                COLUMNS + FROM + OF_STREAM + " ORDER BY first_seq DESC FETCH FIRST 1 ROW ONLY",
                head,
                false));
    }

    /** The batch that begins as {@code head} does. */
    Optional<DeviceBatchRow> sameFirst(BatchHead head) {
        return database.read(
                connection -> one(connection, COLUMNS + FROM + OF_STREAM + " AND first_seq = ?", head, true));
    }

    private static Optional<DeviceBatchRow> one(Connection connection, String sql, BatchHead head, boolean byFirst)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            stream(select, 1, head);
            if (byFirst) {
                select.setLong(4, head.first());
            }
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(read(row)) : Optional.empty();
            }
        }
    }

    private static DeviceBatchRow read(ResultSet row) throws SQLException {
        return new DeviceBatchRow(
                row.getLong(1),
                row.getLong(2),
                Digest.ofBytes(row.getBytes(3)),
                Digest.ofBytes(row.getBytes(4)),
                row.getLong(5),
                transport(row.getString(6)),
                row.getInt(7),
                rejected(row.getString(8)));
    }

    private static @Nullable Transport transport(String word) {
        return word.isEmpty() ? null : Transport.of(word);
    }

    private static String word(@Nullable Transport transport) {
        return transport == null ? "" : transport.word();
    }

    private static List<Rejected> rejected(String json) {
        return Json.parseObject(json.getBytes(StandardCharsets.UTF_8)).objects("rejected", Rejected::fromJson);
    }

    /**
     * Where a page of batches begins: after this one.
     *
     * @param receivedAt epoch milliseconds
     */
    record After(long receivedAt, String stream, Epoch epoch, long first) {}

    /** A batch, and where it belongs. */
    record Placed(String stream, Epoch epoch, DeviceBatchRow batch) {
        After after() {
            return new After(batch.receivedAt(), stream, epoch, batch.first());
        }
    }

    /** Batches of a device that are known here, what came last first. */
    List<Placed> page(String device, Optional<After> after, int most) {
        String sql = COLUMNS + ", stream, epoch" + FROM + " WHERE device = ?"
                + (after.isPresent() ? " AND (received_at, stream, epoch, first_seq) < (?, ?, ?, ?)" : "")
                + " ORDER BY received_at DESC, stream DESC, epoch DESC, first_seq DESC FETCH FIRST " + most
                + " ROWS ONLY";
        return database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement(sql)) {
                select.setString(1, device);
                if (after.isPresent()) {
                    select.setLong(2, after.get().receivedAt());
                    select.setString(3, after.get().stream());
                    select.setBytes(4, after.get().epoch().bytes());
                    select.setLong(5, after.get().first());
                }
                List<Placed> page = new ArrayList<>();
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        page.add(new Placed(rows.getString(9), Epoch.ofBytes(rows.getBytes(10)), read(rows)));
                    }
                }
                return page;
            }
        });
    }

    /** Whether the device has sent batches of this stream in another epoch. */
    boolean knowsAnotherEpoch(BatchHead head) {
        return database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT 1 FROM device_batch WHERE device = ? AND stream = ? AND epoch <> ? FETCH FIRST 1 ROW ONLY")) {
                stream(select, 1, head);
                try (ResultSet row = select.executeQuery()) {
                    return row.next();
                }
            }
        });
    }

    /**
     * What is known of a batch, as a row that rides with its records: how far its lines are settled. It stands in for an
     * older one of the same batch.
     */
    RidingRow row(BatchHead head, DeviceBatchRow batch) {
        return new RidingRow(
                upsert,
                List.of(
                        tenant,
                        head.device().value(),
                        head.stream().value(),
                        head.epoch().bytes(),
                        batch.first(),
                        batch.last(),
                        batch.digest().bytes(),
                        batch.previous().bytes(),
                        batch.receivedAt(),
                        word(batch.transport()),
                        batch.settled(),
                        text(batch.rejected())));
    }

    /** Writes rows by themselves. Durable when this returns. */
    void write(List<RidingRow> rows) {
        database.durable(connection -> {
            RidingRow.write(connection, rows);
            return rows.size();
        });
    }

    /**
     * Forgets batches that came before {@code time} and are not the newest of their stream and epoch, unless a line of
     * theirs was rejected. That they came is still told by their signed bytes.
     *
     * @return how many
     */
    int forget(long time) {
        return database.write(connection -> {
            try (PreparedStatement delete = connection.prepareStatement("DELETE FROM device_batch"
                    + " WHERE received_at < ? AND rejected = ? AND first_seq < (SELECT max(newest.first_seq)"
                    + " FROM device_batch newest WHERE newest.device = device_batch.device"
                    + " AND newest.stream = device_batch.stream AND newest.epoch = device_batch.epoch)")) {
                delete.setLong(1, time);
                delete.setString(2, text(List.of()));
                return delete.executeUpdate();
            }
        });
    }

    private static String text(List<Rejected> rejected) {
        return Json.object()
                .put("rejected", BatchAck.rejected(rejected))
                .build()
                .toString();
    }

    private static void stream(PreparedStatement statement, int from, BatchHead head) throws SQLException {
        statement.setString(from, head.device().value());
        statement.setString(from + 1, head.stream().value());
        statement.setBytes(from + 2, head.epoch().bytes());
    }
}
