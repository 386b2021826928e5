package io.strongroom.server.privacy;

import io.strongroom.evidence.TenantId;
import io.strongroom.server.database.Database;
import io.strongroom.server.database.DatabaseException;
import io.strongroom.server.keys.WrappedRows;
import io.strongroom.server.keys.WrappingKeys;
import io.strongroom.server.keys.WrappingKeys.Wrapped;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The data keys, in their table, each wrapped under a generation of the key-encryption keys that the database never
 * sees. A key is durable before it is given out.
 *
 * <p>Subjects are found by a MAC of what names them; the table never holds the name.
 */
public final class DataKeys {
    /** What of theirs is wrapped. */
    public static final WrappedRows WRAPPED = new WrappedRows(
            "data_key",
            "id",
            "generation",
            "wrapped",
            List.of("name_mac"),
            row -> associated(row.getLong("id"), row.getBytes("name_mac")));

    static final int KEY_BYTES = 32;

    private static final String UNIQUE_VIOLATION = "23505";
    private static final int MOST_REMEMBERED = 8192;

    private final Database database;
    private final TenantId tenant;
    private final WrappingKeys wrapping;
    private final RandomGenerator random;
    private final InstantSource clock;

    /** Guarded by itself; least recently used first. */
    private final Map<ByteBuffer, DataKey> byName = leastRecentlyUsed();

    /** Guarded by itself. */
    private final Map<Long, DataKey> byId = leastRecentlyUsed();

    /** @param random cryptographically strong */
    DataKeys(Database database, TenantId tenant, WrappingKeys wrapping, RandomGenerator random, InstantSource clock) {
        this.database = database;
        this.tenant = tenant;
        this.wrapping = wrapping;
        this.random = random;
        this.clock = clock;
    }

    private static <K> Map<K, DataKey> leastRecentlyUsed() {
        return new LinkedHashMap<>(64, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, DataKey> eldest) {
                return size() > MOST_REMEMBERED;
            }
        };
    }

    /** The key of that name, made and stored if there is none; durable when this returns. */
    DataKey ofName(KeyName name) {
        ByteBuffer mac = ByteBuffer.wrap(name.mac());
        DataKey known = remembered(byName, mac);
        if (known != null) {
            return known;
        }
        DataKey key = stored(name.mac()).orElseGet(() -> made(name));
        remember(mac, key);
        return key;
    }

    /** The key of that id; empty once it has been erased. */
    Optional<DataKey> find(long id) {
        DataKey known = remembered(byId, id);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<DataKey> key = database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT id, generation, wrapped, name_mac FROM data_key WHERE id = ?")) {
                select.setLong(1, id);
                return read(select);
            }
        });
        key.ifPresent(found -> {
            synchronized (byId) {
                byId.put(id, found);
            }
        });
        return key;
    }

    private Optional<DataKey> stored(byte[] mac) {
        return database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT id, generation, wrapped, name_mac FROM data_key WHERE name_mac = ?")) {
                select.setBytes(1, mac);
                return read(select);
            }
        });
    }

    private Optional<DataKey> read(PreparedStatement select) throws SQLException {
        try (ResultSet row = select.executeQuery()) {
            if (!row.next()) {
                return Optional.empty();
            }
            long id = row.getLong("id");
            byte[] secret = wrapping.unwrap(
                    row.getInt("generation"), row.getBytes("wrapped"), associated(id, row.getBytes("name_mac")));
            return Optional.of(DataKey.of(id, secret));
        }
    }

    private DataKey made(KeyName name) {
        byte[] secret = new byte[KEY_BYTES];
        random.nextBytes(secret);
        long id = random.nextLong() >>> 1;
        Wrapped wrapped = wrapping.wrap(secret, associated(id, name.mac()));
        try {
            database.durable(connection -> insert(connection, id, name, wrapped));
        } catch (DatabaseException e) {
            if (!e.sqlState().equals(UNIQUE_VIOLATION)) {
                throw e;
            }
            // Another thread was first with this subject, and its key is the one.
            return stored(name.mac()).orElseThrow(() -> e);
        }
        return DataKey.of(id, secret);
    }

    private int insert(Connection connection, long id, KeyName name, Wrapped wrapped) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO data_key"
                + " (tenant_id, id, kind, name_mac, generation, wrapped, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)")) {
            insert.setString(1, tenant.value());
            insert.setLong(2, id);
            insert.setString(3, name.kind());
            insert.setBytes(4, name.mac());
            insert.setInt(5, wrapped.generation());
            insert.setBytes(6, wrapped.key());
            insert.setLong(7, clock.millis());
            return insert.executeUpdate();
        }
    }

    private static byte[] associated(long id, byte[] mac) {
        return ByteBuffer.allocate(Long.BYTES + mac.length).putLong(id).put(mac).array();
    }

    private void remember(ByteBuffer mac, DataKey key) {
        synchronized (byName) {
            byName.put(mac, key);
        }
        synchronized (byId) {
            byId.put(key.id(), key);
        }
    }

    private static <K> @Nullable DataKey remembered(Map<K, DataKey> keys, K key) {
        synchronized (keys) {
            return keys.get(key);
        }
    }
}
