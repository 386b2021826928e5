package io.strongroom.server.privacy;

import io.strongroom.server.keys.WrappingKeys.Wrapped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.function.Consumer;

/**
 * A data key that nothing committed needs yet. It is stored in the transaction of the first record that does, so that no
 * committed record ever names a key that a crash took away, and a new data subject costs no transaction of its own.
 */
public final class NewDataKey {
    private static final String INSERT = "INSERT INTO data_key"
            + " (tenant_id, id, kind, name_mac, generation, wrapped, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)";

    private final DataKey key;
    private final KeyName name;
    private final Wrapped wrapped;
    private final long createdAt;
    private final Consumer<NewDataKey> whenStored;
    private volatile boolean stored;

    NewDataKey(DataKey key, KeyName name, Wrapped wrapped, long createdAt, Consumer<NewDataKey> whenStored) {
        this.key = key;
        this.name = name;
        this.wrapped = wrapped;
        this.createdAt = createdAt;
        this.whenStored = whenStored;
    }

    DataKey key() {
        return key;
    }

    KeyName name() {
        return name;
    }

    /** Whether a transaction that stored it has committed. */
    public boolean isStored() {
        return stored;
    }

    /** To be called once a transaction that stored it is known to have committed. */
    public void stored() {
        stored = true;
        whenStored.accept(this);
    }

    /** Stores keys, as part of the caller's transaction. */
    public static void insert(Connection connection, String tenant, Collection<NewDataKey> keys) throws SQLException {
        if (keys.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (NewDataKey each : keys) {
                insert.setString(1, tenant);
                insert.setLong(2, each.key.id());
                insert.setString(3, each.name.kind());
                insert.setBytes(4, each.name.mac());
                insert.setInt(5, each.wrapped.generation());
                insert.setBytes(6, each.wrapped.key());
                insert.setLong(7, each.createdAt);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** Leaves the key out. */
    @Override
    public String toString() {
        return "NewDataKey[" + key.id() + "]";
    }
}
