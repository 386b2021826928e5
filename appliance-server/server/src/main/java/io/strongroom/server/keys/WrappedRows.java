package io.strongroom.server.keys;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * Where a table keeps something that the wrapping keys wrapped.
 *
 * @param id the column that tells its rows apart
 * @param generation the column with the generation; null where the row keeps nothing
 * @param wrapped the column with the wrapped bytes; null likewise
 * @param more the columns that {@code belongsTo} reads, but for {@code id}
 * @param belongsTo what {@link WrappingKeys#wrap} was told that it belongs to
 */
public record WrappedRows(
        String table, String id, String generation, String wrapped, List<String> more, Associated belongsTo) {
    public WrappedRows {
        more = List.copyOf(more);
    }

    /** What something belongs to, as its row tells. */
    @FunctionalInterface
    public interface Associated {
        byte[] of(ResultSet row) throws SQLException;
    }
}
