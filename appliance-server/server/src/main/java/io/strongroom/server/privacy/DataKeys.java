package io.strongroom.server.privacy;

import static java.util.Objects.requireNonNull;

import io.strongroom.server.database.Database;
import io.strongroom.server.keys.WrappedRows;
import io.strongroom.server.keys.WrappingKeys;
import io.strongroom.server.keys.WrappingKeys.Wrapped;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The data keys, in their table, each wrapped under a generation of the key-encryption keys that the database never
 * sees. A {@linkplain NewDataKey new key} becomes durable with the first record that needs it.
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

    private static final int MOST_REMEMBERED = 8192;

    private final Database database;
    private final WrappingKeys wrapping;
    private final RandomGenerator random;
    private final InstantSource clock;

    /** Guarded by itself; least recently used first. */
    private final Map<ByteBuffer, DataKey> byName = leastRecentlyUsed();

    /** Guarded by itself. */
    private final Map<Long, DataKey> byId = leastRecentlyUsed();

    /** New ones, for as long as a draft holds them: whoever asks before they are stored gets the same one. */
    private final ConcurrentMap<ByteBuffer, Reference<NewDataKey>> unstored = new ConcurrentHashMap<>();

    private final ReferenceQueue<NewDataKey> abandoned = new ReferenceQueue<>();

    /** @param random cryptographically strong */
    DataKeys(Database database, WrappingKeys wrapping, RandomGenerator random, InstantSource clock) {
        this.database = database;
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

    /**
     * A key that was asked for.
     *
     * @param unstored where it is to be stored with what it encrypts
     */
    record Given(DataKey key, @Nullable NewDataKey unstored) {}

    /** The key of that name, made if there is none. */
    Given ofName(KeyName name) {
        ByteBuffer mac = ByteBuffer.wrap(name.mac());
        DataKey known = remembered(byName, mac);
        return known != null ? new Given(known, null) : looked(name, mac);
    }

    private Given looked(KeyName name, ByteBuffer mac) {
        forgetAbandoned();
        Given[] given = new Given[1];
        // One thread at a time looks for a name, so that a subject has one key.
        unstored.compute(mac, (same, waiting) -> {
            NewDataKey made = waiting == null ? null : waiting.get();
            if (made != null) {
                given[0] = new Given(made.key(), made.isStored() ? null : made);
                return waiting;
            }
            DataKey known = remembered(byName, mac);
            Optional<DataKey> found = known != null ? Optional.of(known) : stored(name.mac());
            if (found.isPresent()) {
                remember(mac, found.get());
                given[0] = new Given(found.get(), null);
                return null;
            }
            NewDataKey key = made(name);
            given[0] = new Given(key.key(), key);
            return new Unstored(mac, key, abandoned);
        });
        return requireNonNull(given[0]);
    }

    /** Knows its name when the key is gone. */
    private static final class Unstored extends WeakReference<NewDataKey> {
        private final ByteBuffer mac;

        Unstored(ByteBuffer mac, NewDataKey key, ReferenceQueue<NewDataKey> abandoned) {
            super(key, abandoned);
            this.mac = mac;
        }
    }

    private void forgetAbandoned() {
        for (Reference<?> gone = abandoned.poll(); gone != null; gone = abandoned.poll()) {
            unstored.remove(((Unstored) gone).mac, gone);
        }
    }

    private NewDataKey made(KeyName name) {
        byte[] secret = new byte[KEY_BYTES];
        random.nextBytes(secret);
        long id = random.nextLong() >>> 1;
        Wrapped wrapped = wrapping.wrap(secret, associated(id, name.mac()));
        return new NewDataKey(DataKey.of(id, secret), name, wrapped, clock.millis(), this::stored);
    }

    /** From here on it is found as the others are. Waits for nobody: the ledger's one thread comes by. */
    private void stored(NewDataKey key) {
        remember(ByteBuffer.wrap(key.name().mac()), key.key());
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
