package io.strongroom.server.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Many rows for one statement: each column is an array, and {@link #unnest} makes rows of them again, as both engines
 * understand it.
 */
public final class Columns {
    private final List<String> types;
    private final List<List<@Nullable Object>> values = new ArrayList<>();

    /** @param types SQL's name of each column's type, e.g. {@code bigint} */
    public Columns(String... types) {
        this.types = List.of(types);
        for (int i = 0; i < types.length; i++) {
            values.add(new ArrayList<>());
        }
    }

    /** Adds a row, a value for each column. */
    public void row(@Nullable Object... row) {
        if (row.length != types.size()) {
            throw new IllegalArgumentException(row.length + " values for " + types.size() + " columns");
        }
        for (int i = 0; i < row.length; i++) {
            values.get(i).add(row[i]);
        }
    }

    /** How many rows there are. */
    public int size() {
        return values.getFirst().size();
    }

    /** What stands in a statement's FROM for rows of these types: one parameter for each column. */
    public static String unnest(String... types) {
        return List.of(types).stream()
                .map(type -> "CAST(? AS " + type + " array)")
                .collect(Collectors.joining(", ", "unnest(", ")"));
    }

    /** Runs a statement whose first parameters are these columns; returns how many rows it changed. */
    public int update(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(connection, statement);
            return statement.executeUpdate();
        }
    }

    /** Sets the first parameters of a statement to these columns. */
    public void bind(Connection connection, PreparedStatement statement) throws SQLException {
        for (int i = 0; i < types.size(); i++) {
            statement.setArray(
                    i + 1, connection.createArrayOf(types.get(i), values.get(i).toArray()));
        }
    }
}
