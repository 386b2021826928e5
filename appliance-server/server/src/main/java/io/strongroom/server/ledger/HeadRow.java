package io.strongroom.server.ledger;

import io.strongroom.evidence.Digest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** The one row of {@code ledger_head}, in SQL that both engines speak. */
final class HeadRow {
    private HeadRow() {}

    /** Moves the head; the first of a group's transaction. */
    static final String MOVE = "UPDATE ledger_head SET size = ?, leaf = ?, frontier = ?, at_millis = ?"
            + " WHERE size = ? AND writer_epoch = ?";

    /** Raises the epoch under a lock on the row, so behind whatever an earlier writer still commits. */
    static Head raiseEpoch(Connection connection, String tenant) throws SQLException {
        Head found = read(connection, " FOR UPDATE");
        if (found == null) {
            found = Head.empty(0);
            insert(connection, tenant, found);
        }
        try (Statement statement = connection.createStatement()) {
            if (statement.executeUpdate("UPDATE ledger_head SET writer_epoch = writer_epoch + 1") != 1) {
                throw new SQLException("ledger_head has not exactly one row");
            }
        }
        return new Head(found.size(), found.leaf(), found.frontier(), found.at(), found.epoch() + 1);
    }

    static Head read(Connection connection) throws SQLException {
        Head head = read(connection, "");
        if (head == null) {
            throw new SQLException("ledger_head has no row");
        }
        return head;
    }

    private static @Nullable Head read(Connection connection, String suffix) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT size, leaf, frontier, at_millis, writer_epoch FROM ledger_head" + suffix)) {
            if (!rows.next()) {
                return null;
            }
            return new Head(
                    rows.getLong(1),
                    Digest.ofBytes(rows.getBytes(2)),
                    rows.getBytes(3),
                    rows.getLong(4),
                    rows.getLong(5));
        }
    }

    private static void insert(Connection connection, String tenant, Head head) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "INSERT INTO ledger_head (tenant_id, size, leaf, frontier, at_millis, writer_epoch)"
                        + " VALUES (?, ?, ?, ?, ?, ?)")) {
            statement.setString(1, tenant);
            statement.setLong(2, head.size());
            statement.setBytes(3, head.leaf().bytes());
            statement.setBytes(4, head.frontier());
            statement.setLong(5, head.at());
            statement.setLong(6, head.epoch());
            statement.executeUpdate();
        }
    }

    static PreparedStatement prepareMove(Connection connection) throws SQLException {
        return connection.prepareStatement(MOVE);
    }

    /** @throws FencedException if the head is not where the group begins; the caller rolls back */
    static void move(PreparedStatement move, Group group) throws SQLException {
        set(move, group);
        if (move.executeUpdate() != 1) {
            throw new FencedException(group.before());
        }
    }

    /** Sets the parameters of {@link #MOVE}. @return the place of the parameter after them */
    static int set(PreparedStatement move, Group group) throws SQLException {
        move.setLong(1, group.after().size());
        move.setBytes(2, group.after().leaf().bytes());
        move.setBytes(3, group.after().frontier());
        move.setLong(4, group.after().at());
        move.setLong(5, group.before().size());
        move.setLong(6, group.before().epoch());
        return 7;
    }
}
