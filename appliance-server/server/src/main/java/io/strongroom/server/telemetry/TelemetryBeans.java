package io.strongroom.server.telemetry;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.strongroom.server.database.Database;
import io.strongroom.server.devices.KnownDevices;
import io.strongroom.server.keys.Installation;
import io.strongroom.server.ledger.LedgerReader;
import io.strongroom.server.privacy.FieldHashes;
import io.strongroom.server.privacy.RecordOpener;
import java.time.InstantSource;
import java.util.List;

/** Puts the slice together: whatever is a {@link View} is filled. */
@Factory
final class TelemetryBeans {

    /** Follows the ledger from the start of the process on. */
    @Context
    @Bean(preDestroy = "close")
    Follower follower(
            Database database,
            LedgerReader ledger,
            KnownDevices devices,
            RecordOpener opener,
            FieldHashes hashes,
            List<View> views,
            Installation installation,
            InstantSource clock) {
        Observations observations = new Observations(ledger, devices, new Users(opener, hashes), views);
        Follower follower = new Follower(database, ledger, observations, views, installation.tenant(), clock);
        follower.start();
        return follower;
    }
}
