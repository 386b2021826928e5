package io.strongroom.server.ledger;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.TenantId;
import io.strongroom.server.database.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Checkpoints and the seals that wait to be published with one, as the owner. */
final class CheckpointTable {
    private final Database database;
    private final String tenant;
    private final String share;

    CheckpointTable(Database database, TenantId tenant) {
        this.database = database;
        this.tenant = tenant.value();
        // Keeps a new writer from raising the epoch meanwhile, and lets groups move the head.
        this.share = database.engine() == Database.Engine.POSTGRESQL ? " FOR KEY SHARE" : "";
    }

    /**
     * Stores a checkpoint, or the same one with more signatures; returns once it is committed.
     *
     * @throws FencedException if {@code writer} is no longer the writer, or a checkpoint of a larger tree is stored
     */
    void store(StoredCheckpoint checkpoint, Head writer) {
        database.owner(connection -> {
            requireWriter(connection, checkpoint, writer);
            try (PreparedStatement update = connection.prepareStatement(
                    "UPDATE ledger_checkpoint SET note = ?, at_millis = ?, fully = ? WHERE size = ? AND root = ?")) {
                update.setBytes(1, checkpoint.note());
                update.setLong(2, checkpoint.atMillis());
                update.setBoolean(3, checkpoint.full());
                update.setLong(4, checkpoint.size());
                update.setBytes(5, checkpoint.root().bytes());
                if (update.executeUpdate() == 0) {
                    insert(connection, checkpoint);
                }
            }
            return true;
        });
    }

    private void requireWriter(Connection connection, StoredCheckpoint checkpoint, Head writer) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT size FROM ledger_head WHERE writer_epoch = ? AND size >= ?" + share)) {
            query.setLong(1, writer.epoch());
            query.setLong(2, checkpoint.size());
            requireRow(query, true, writer);
        }
        try (PreparedStatement query =
                connection.prepareStatement("SELECT size FROM ledger_checkpoint WHERE size > ?")) {
            query.setLong(1, checkpoint.size());
            requireRow(query, false, writer);
        }
    }

    private static void requireRow(PreparedStatement query, boolean wanted, Head writer) throws SQLException {
        try (ResultSet rows = query.executeQuery()) {
            if (rows.next() != wanted) {
                throw new FencedException(writer);
            }
        }
    }

    private void insert(Connection connection, StoredCheckpoint checkpoint) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO ledger_checkpoint (size, root, at_millis, fully, note, tenant_id)"
                        + " VALUES (?, ?, ?, ?, ?, ?)")) {
            insert.setLong(1, checkpoint.size());
            insert.setBytes(2, checkpoint.root().bytes());
            insert.setLong(3, checkpoint.atMillis());
            insert.setBoolean(4, checkpoint.full());
            insert.setBytes(5, checkpoint.note());
            insert.setString(6, tenant);
            insert.executeUpdate();
        }
    }

    /** Forgets checkpoints before {@code atMillis} that not every key has signed: newer ones say more. */
    void prune(long atMillis) {
        database.owner(connection -> {
            try (PreparedStatement delete = connection.prepareStatement("DELETE FROM ledger_checkpoint"
                    + " WHERE NOT fully AND at_millis < ? AND size < (SELECT max(size) FROM ledger_checkpoint)")) {
                delete.setLong(1, atMillis);
                return delete.executeUpdate();
            }
        });
    }

    /** An object that must be in the object store before a checkpoint covers its seal. */
    record SealObject(long sealSeq, String name, byte[] content) {}

    /** The objects of seals that are not known to be in the object store. */
    List<SealObject> unpublishedSeals() {
        return database.owner(connection -> {
            List<SealObject> found = new ArrayList<>();
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT seal_seq, sources, sources_object FROM ledger_seal"
                            + " WHERE NOT published ORDER BY seal_seq")) {
                while (rows.next()) {
                    String hex = Digest.ofBytes(rows.getBytes(2)).hex();
                    found.add(new SealObject(rows.getLong(1), "log/object/" + hex, rows.getBytes(3)));
                }
            }
            return found;
        });
    }

    void sealPublished(long sealSeq) {
        database.owner(connection -> {
            try (PreparedStatement update =
                    connection.prepareStatement("UPDATE ledger_seal SET published = TRUE WHERE seal_seq = ?")) {
                update.setLong(1, sealSeq);
                return update.executeUpdate();
            }
        });
    }

    /** The seq of the last seal's entry; −1 while there is none. */
    long lastSeal() {
        return database.owner(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT coalesce(max(seal_seq), -1) FROM ledger_seal")) {
                rows.next();
                return rows.getLong(1);
            }
        });
    }
}
