package io.strongroom.server.keys;

import io.strongroom.server.database.Database;
import io.strongroom.server.keys.WrappingKeys.Wrapped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends what a rotation began: wraps everything anew that is still under an earlier key-encryption key, and then destroys
 * that one. At a start, once the folder of keys is known to belong to the database, and before anything else uses the keys or writes a row, so that nothing can come under an earlier key
 * meanwhile. An end of the process at any moment is made good by the next start.
 *
 * <p>Where something does not open, the earlier keys stay: nothing is given up that another look may save.
 */
public final class Rewrapping {
    private static final Logger LOG = LoggerFactory.getLogger(Rewrapping.class);
    private static final int AT_ONCE = 1_000;

    private final Database database;
    private final LocalKeys keys;

    public Rewrapping(Database database, LocalKeys keys) {
        this.database = database;
        this.keys = keys;
    }

    /** @param all every place where something wrapped is kept: what is left out is lost with its key */
    public void finish(List<WrappedRows> all) {
        List<String> retired = keys.retiredWrapping();
        boolean whole = true;
        for (WrappedRows rows : retired.isEmpty() ? List.<WrappedRows>of() : all) {
            whole &= rewrap(rows);
        }
        if (!whole) {
            LOG.error("{} stay, since something that is wrapped under them does not open", retired);
            return;
        }
        new DatabaseBinding(database).forget(retired);
        // What was wrapped anew is on disk before the keys are not.
        var unused = database.durable(connection -> true);
        try {
            keys.forgetRetiredWrapping();
        } catch (IOException e) {
            throw new UncheckedIOException("the keys folder cannot be written", e);
        }
        if (!retired.isEmpty()) {
            LOG.info("Nothing is wrapped under {} any more, which are destroyed", retired);
        }
    }

    /** @return whether nothing is left under an earlier generation */
    private boolean rewrap(WrappedRows rows) {
        boolean whole = true;
        Object last = null;
        List<Row> some = next(rows, last);
        while (!some.isEmpty()) {
            List<Row> renewed = new ArrayList<>();
            for (Row row : some) {
                try {
                    byte[] open = keys.wrapping().unwrap(row.generation(), row.wrapped(), row.belongsTo());
                    renewed.add(row.with(keys.wrapping().wrap(open, row.belongsTo())));
                } catch (KeyUnavailableException e) {
                    LOG.error("a row of {} does not open: {}", rows.table(), e.getMessage());
                    whole = false;
                }
            }
            store(rows, renewed);
            last = some.getLast().id();
            some = next(rows, last);
        }
        return whole;
    }

    private record Row(Object id, int generation, byte[] wrapped, byte[] belongsTo) {
        Row with(Wrapped fresh) {
            return new Row(id, fresh.generation(), fresh.key(), belongsTo);
        }
    }

    private List<Row> next(WrappedRows rows, @Nullable Object after) {
        String columns = Stream.concat(Stream.of(rows.id(), rows.generation(), rows.wrapped()), rows.more().stream())
                .distinct()
                .collect(Collectors.joining(", "));
        String sql = "SELECT " + columns + " FROM " + rows.table() + " WHERE " + rows.generation() + " < ?"
                + (after == null ? "" : " AND " + rows.id() + " > ?") + " ORDER BY " + rows.id()
                + " FETCH FIRST " + AT_ONCE + " ROWS ONLY";
        return database.owner(connection -> {
            try (PreparedStatement select = connection.prepareStatement(sql)) {
                select.setInt(1, keys.wrapping().generation());
                if (after != null) {
                    select.setObject(2, after);
                }
                List<Row> found = new ArrayList<>();
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        found.add(new Row(
                                row.getObject(rows.id()),
                                row.getInt(rows.generation()),
                                row.getBytes(rows.wrapped()),
                                rows.belongsTo().of(row)));
                    }
                }
                return found;
            }
        });
    }

    private void store(WrappedRows rows, List<Row> renewed) {
        database.owner(connection -> update(connection, rows, renewed));
    }

    private static int update(Connection connection, WrappedRows rows, List<Row> renewed) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("UPDATE " + rows.table() + " SET "
                + rows.generation() + " = ?, " + rows.wrapped() + " = ? WHERE " + rows.id() + " = ?")) {
            for (Row row : renewed) {
                update.setInt(1, row.generation());
                update.setBytes(2, row.wrapped());
                update.setObject(3, row.id());
                update.addBatch();
            }
            return renewed.isEmpty() ? 0 : update.executeBatch().length;
        }
    }
}
