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
        return connection.prepareStatement("SELECT asked.high, asked.low, (SELECT k.packed FROM ledger_key_run k"
                + " WHERE k.key_high = asked.high AND k.key_low <= asked.low"
                + " ORDER BY k.key_high DESC, k.key_low DESC LIMIT 1)"
                + " FROM unnest(CAST(? AS bigint array), CAST(? AS bigint array)) AS asked(high, low)");
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
                KnownKey found = KeyRuns.find(rows.getBytes(3), rows.getLong(2));
                if (found != null) {
                    known.put(new IdempotencyKey(rows.getLong(1), rows.getLong(2), found.mac()), found);
                }
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
        try (PreparedStatement query = connection.prepareStatement("SELECT asked.high, (SELECT k.packed"
                + " FROM ledger_key_run k WHERE k.key_high = asked.high"
                + " ORDER BY k.key_high DESC, k.key_low DESC LIMIT 1)"
                + " FROM unnest(CAST(? AS bigint array)) AS asked(high)")) {
            query.setArray(1, asked);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    byte[] last = rows.getBytes(2);
                    if (last != null) {
                        highest.put(rows.getLong(1), KeyRuns.lastLow(last));
                    }
                }
            }
        } finally {
            asked.free();
        }
        return highest;
    }
}
