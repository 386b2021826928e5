package io.strongroom.server.gateway;

import io.strongroom.server.database.Database;
import io.strongroom.server.database.Database.Engine;
import io.strongroom.server.database.DatabaseException;
import io.strongroom.server.keys.WrappingKeys;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Encrypts what an earlier version kept in quarantine in clear: at a start, before the first request. One row after
 * another, each in a transaction of its own, so that a start that is cut off is gone on with by the next.
 *
 * <p>Then PostgreSQL writes the table anew, since it goes on holding what a row was before; H2 lets go of it in its own
 * time. What stands in PostgreSQL's log until that is overwritten, or in a backup, is not in reach from here.
 */
final class PlainQuarantine {
    private static final Logger LOG = LoggerFactory.getLogger(PlainQuarantine.class);

    private final Database database;
    private final WrappingKeys wrapping;
    private final RandomGenerator random;

    /** @param random cryptographically strong */
    PlainQuarantine(Database database, WrappingKeys wrapping, RandomGenerator random) {
        this.database = database;
        this.wrapping = wrapping;
        this.random = random;
    }

    private record Plain(String id, byte[] document) {}

    /** Leaves no document in clear. */
    void seal() {
        long sealed = 0;
        for (Optional<Plain> plain = next(); plain.isPresent(); plain = next()) {
            store(
                    plain.get().id(),
                    SealedDocument.of(plain.get().id(), plain.get().document(), wrapping, random));
            sealed++;
        }
        if (sealed > 0) {
            writeAnew();
            LOG.info("{} documents in quarantine, which an earlier version kept in clear, are encrypted now", sealed);
        }
    }

    private Optional<Plain> next() {
        return database.owner(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                            "SELECT id, document FROM quarantine WHERE generation IS NULL FETCH FIRST 1 ROWS ONLY");
                    ResultSet row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(new Plain(row.getString("id"), row.getBytes("document")))
                        : Optional.empty();
            }
        });
    }

    private void store(String id, SealedDocument document) {
        database.owner(connection -> {
            try (PreparedStatement update = connection.prepareStatement(
                    "UPDATE quarantine SET document = ?, generation = ?, wrapped = ? WHERE id = ?")) {
                update.setBytes(1, document.sealed());
                update.setInt(2, document.key().generation());
                update.setBytes(3, document.key().key());
                update.setString(4, id);
                return update.executeUpdate();
            }
        });
    }

    private void writeAnew() {
        if (database.engine() != Engine.POSTGRESQL) {
            return;
        }
        // Not in a transaction: PostgreSQL refuses it there.
        try (Connection connection = database.connectOwner();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(true);
            statement.execute("VACUUM FULL quarantine");
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }
}
