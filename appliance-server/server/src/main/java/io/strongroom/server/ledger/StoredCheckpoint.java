package io.strongroom.server.ledger;

import io.strongroom.evidence.Digest;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A checkpoint as it was signed.
 *
 * @param size how many entries it covers
 * @param root the root over them
 * @param atMillis when it was signed, epoch milliseconds
 * @param full whether every key has signed it, ML-DSA included
 * @param note the signed note's bytes; never changed
 */
public record StoredCheckpoint(long size, Digest root, long atMillis, boolean full, byte[] note) {

    static StoredCheckpoint of(ResultSet row) throws SQLException {
        return new StoredCheckpoint(
                row.getLong(1), Digest.ofBytes(row.getBytes(2)), row.getLong(3), row.getBoolean(4), row.getBytes(5));
    }
}
