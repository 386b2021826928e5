package io.strongroom.server.devices;

import io.strongroom.server.access.AccessTrail;
import io.strongroom.server.access.AccessTrail.Deed;
import io.strongroom.server.access.Caller;
import io.strongroom.server.database.Database;
import io.strongroom.server.database.Sql;
import io.strongroom.server.keys.Installation;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets one change of devices in after another, on this node and on others. Whoever changes something records it last in
 * the transaction: what cannot be recorded is not done.
 */
@Singleton
final class Changes {
    private static final String STREAM = "system.devices";

    private final Database database;
    private final AccessTrail trail;
    private final DeviceRegistry registry;
    private final InstantSource clock;
    private final String tenant;
    // So that those of one node do not run into the database's own limit for waiting.
    private final ReentrantLock turn = new ReentrantLock(true);

    Changes(
            Database database,
            AccessTrail trail,
            DeviceRegistry registry,
            InstantSource clock,
            Installation installation) {
        this.database = database;
        this.trail = trail;
        this.registry = registry;
        this.clock = clock;
        this.tenant = installation.tenant().value();
    }

    /** What is done in the transaction. */
    @FunctionalInterface
    interface Work<T> {
        T run(Change change) throws SQLException;
    }

    /** Makes a change. It is on disk, and counts on this node, when this returns. */
    <T> T make(Work<T> work) {
        T result;
        turn.lock();
        try {
            result = database.durable(connection -> {
                Sql.update(connection, "UPDATE device_change SET version = version + 1 WHERE id = 1");
                long version = Sql.first(
                                connection,
                                "SELECT version FROM device_change WHERE id = 1",
                                row -> row.getLong("version"))
                        .orElseThrow();
                return work.run(new Change(connection, tenant, version, clock.millis()));
            });
        } finally {
            turn.unlock();
        }
        registry.refresh();
        return result;
    }

    /** Records what an officer, a service or a device did. */
    void record(Caller by, String action, String resourceType, String resource, Map<String, Object> attributes) {
        record(by.type(), by.id(), action, resourceType, resource, attributes);
    }

    void record(
            String actorType,
            String actor,
            String action,
            String resourceType,
            String resource,
            Map<String, Object> attributes) {
        trail.tell(STREAM, new Deed(actorType, actor, action, resourceType, resource, attributes));
    }
}
