package io.strongroom.server.projection;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** The writes that are worth doing in an engine's own way. */
interface BulkRows {
    /** Called first in each transaction. */
    void begin(Connection connection) throws SQLException;

    void timeline(Connection connection, String tenant, ProjectionBatch batch) throws SQLException;

    /** @param firstSeq of what the rows are about */
    void buckets(Connection connection, BucketTable table, String tenant, long firstSeq, BucketTable.Rows rows)
            throws SQLException;

    /** Empties the tables within the transaction. */
    void clear(Connection connection, List<String> tables) throws SQLException;
}
