package io.strongroom.server.ops;

import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.strongroom.server.database.Database;
import io.strongroom.server.ledger.Checkpoints;
import io.strongroom.server.ledger.Sequencer;
import io.strongroom.server.objects.ObjectStore;
import io.strongroom.server.policy.PolicyInForce;
import io.strongroom.server.projection.Projector;
import io.strongroom.server.telemetry.Follower;
import jakarta.inject.Singleton;
import java.sql.Statement;

/** The parts without which the appliance is not ready. */
@Factory
final class HealthChecks {
    /** An object that nobody stores: asking for it shows that the store answers. */
    private static final String NO_OBJECT = "health/probe";

    @Singleton
    HealthCheck database(Database database) {
        return new HealthCheck("database", () -> {
            database.read(connection -> {
                try (Statement statement = connection.createStatement()) {
                    return statement.execute("SELECT 1");
                }
            });
            return null;
        });
    }

    @Singleton
    @Requires(beans = Sequencer.class)
    HealthCheck ledger(Sequencer sequencer) {
        return new HealthCheck("ledger", () -> {
            if (sequencer.clockJump().isPresent()) {
                return "clock-jump";
            }
            return sequencer.running() ? null : "stopped";
        });
    }

    /** Records are taken without, and nothing proves them until it is published again. */
    @Singleton
    @Requires(beans = Checkpoints.class)
    HealthCheck checkpoints(Checkpoints checkpoints) {
        return new HealthCheck("checkpoints", () -> checkpoints.failing() ? "failing" : null);
    }

    /** What is wrong with the bundle stands in the log and in the status, which not everybody may read. */
    @Singleton
    @Requires(beans = PolicyInForce.class)
    HealthCheck policy(PolicyInForce policy) {
        return new HealthCheck("policy", () -> policy.fault().isEmpty() ? null : "unusable");
    }

    /** Read models that lag or fail are served as they are, and say so; ones that nobody follows any more are not. */
    @Singleton
    @Requires(beans = Projector.class)
    HealthCheck readModels(Projector projector) {
        return new HealthCheck("readModels", () -> projector.alive() ? null : "stopped");
    }

    @Singleton
    @Requires(beans = Follower.class)
    HealthCheck telemetry(Follower follower) {
        return new HealthCheck("telemetry", () -> follower.alive() ? null : "stopped");
    }

    @Singleton
    @Requires(beans = ObjectStore.class)
    HealthCheck objectStore(ObjectStore objects) {
        return new HealthCheck("objectStore", () -> {
            objects.length(NO_OBJECT);
            return null;
        });
    }
}
