package io.strongroom.server.ingest;

import io.strongroom.api.BatchAck;
import io.strongroom.api.BatchAck.Rejected;
import io.strongroom.api.json.Json;
import io.strongroom.evidence.Digest;
import io.strongroom.evidence.TenantId;
import io.strongroom.evidence.batch.BatchHead;
import io.strongroom.server.database.Database;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The batches that came, by device, stream, epoch and first sequence. Whoever writes is alone with the stream. */
final class DeviceBatchTable {
    private static final String COLUMNS =
            "SELECT first_seq, last_seq, digest, previous, received_at, settled, rejected FROM device_batch";
    private static final String OF_STREAM = " WHERE device = ? AND stream = ? AND epoch = ?";

    private final Database database;
    private final String tenant;

    DeviceBatchTable(Database database, TenantId tenant) {
        this.database = database;
        this.tenant = tenant.value();
    }

    /** The batch of the highest sequence in the stream and epoch of {@code head}. */
    Optional<DeviceBatchRow> newest(BatchHead head) {
        return database.read(connection ->
                one(connection, COLUMNS + OF_STREAM + " ORDER BY first_seq DESC FETCH FIRST 1 ROW ONLY", head, false));
    }

    /** The batch that begins as {@code head} does. */
    Optional<DeviceBatchRow> sameFirst(BatchHead head) {
        return database.read(connection -> one(connection, COLUMNS + OF_STREAM + " AND first_seq = ?", head, true));
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
                row.getInt(6),
                rejected(row.getString(7)));
    }

    private static List<Rejected> rejected(String json) {
        return Json.parseObject(json.getBytes(StandardCharsets.UTF_8)).objects("rejected", Rejected::fromJson);
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

    /** Says that a batch has come, before anything of it goes to the ledger. Durable when this returns. */
    void begin(BatchHead head, DeviceBatchRow batch) {
        database.durable(connection -> {
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO device_batch"
                    + " (tenant_id, device, stream, epoch, first_seq, last_seq, digest, previous, received_at, settled,"
                    + " rejected) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
                insert.setString(1, tenant);
                stream(insert, 2, head);
                insert.setLong(5, batch.first());
                insert.setLong(6, batch.last());
                insert.setBytes(7, batch.digest().bytes());
                insert.setBytes(8, batch.previous().bytes());
                insert.setLong(9, batch.receivedAt());
                insert.setInt(10, batch.settled());
                insert.setString(11, text(batch));
                return insert.executeUpdate();
            }
        });
    }

    /** Says how far its lines are settled. Durable when this returns, and only then may the device be told. */
    void settle(BatchHead head, DeviceBatchRow batch) {
        database.durable(connection -> {
            try (PreparedStatement update = connection.prepareStatement(
                    "UPDATE device_batch SET settled = ?, rejected = ?" + OF_STREAM + " AND first_seq = ?")) {
                update.setInt(1, batch.settled());
                update.setString(2, text(batch));
                stream(update, 3, head);
                update.setLong(6, batch.first());
                return update.executeUpdate();
            }
        });
    }

    private static String text(DeviceBatchRow batch) {
        return Json.object()
                .put("rejected", BatchAck.rejected(batch.rejected()))
                .build()
                .toString();
    }

    private static void stream(PreparedStatement statement, int from, BatchHead head) throws SQLException {
        statement.setString(from, head.device().value());
        statement.setString(from + 1, head.stream().value());
        statement.setBytes(from + 2, head.epoch().bytes());
    }
}
