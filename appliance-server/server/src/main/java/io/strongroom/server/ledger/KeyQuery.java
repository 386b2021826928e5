package io.strongroom.server.ledger;

import io.strongroom.server.record.IdempotencyKey;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Asks for all keys of a group at once, in SQL that both engines speak. */
final class KeyQuery {
    private KeyQuery() {}

    static PreparedStatement prepare(Connection connection) throws SQLException {
        return connection.prepareStatement("SELECT k.key_high, k.key_low, k.seq, k.mac"
                + " FROM unnest(CAST(? AS bigint array), CAST(? AS bigint array)) AS asked(key_high, key_low)"
                + " JOIN ledger_key k ON k.key_high = asked.key_high AND k.key_low = asked.key_low");
    }

    static Map<IdempotencyKey, KnownKey> run(PreparedStatement query, Collection<IdempotencyKey> keys)
            throws SQLException {
        Long[] high = new Long[keys.size()];
        Long[] low = new Long[keys.size()];
        int next = 0;
        for (IdempotencyKey key : keys) {
            high[next] = key.high();
            low[next++] = key.low();
        }
        Array highs = query.getConnection().createArrayOf("bigint", high);
        Array lows = query.getConnection().createArrayOf("bigint", low);
        query.setArray(1, highs);
        query.setArray(2, lows);
        Map<IdempotencyKey, KnownKey> known = new HashMap<>();
        try (ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                byte[] mac = rows.getBytes(4);
                known.put(
                        new IdempotencyKey(rows.getLong(1), rows.getLong(2), mac), new KnownKey(rows.getLong(3), mac));
            }
        } finally {
            highs.free();
            lows.free();
        }
        return known;
    }

    /** The last key of each first half, from the end of its range in the index. */
    static Map<Long, Long> highest(Connection connection, Collection<Long> highs) throws SQLException {
        Array asked = connection.createArrayOf("bigint", highs.toArray(Long[]::new));
        Map<Long, Long> highest = new HashMap<>();
        try (PreparedStatement query = connection.prepareStatement("SELECT asked.high, (SELECT k.key_low"
                + " FROM ledger_key k WHERE k.key_high = asked.high"
                + " ORDER BY k.key_high DESC, k.key_low DESC LIMIT 1)"
                + " FROM unnest(CAST(? AS bigint array)) AS asked(high)")) {
            query.setArray(1, asked);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    long low = rows.getLong(2);
                    if (!rows.wasNull()) {
                        highest.put(rows.getLong(1), low);
                    }
                }
            }
        } finally {
            asked.free();
        }
        return highest;
    }
}
