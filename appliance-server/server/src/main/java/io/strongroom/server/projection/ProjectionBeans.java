package io.strongroom.server.projection;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.strongroom.server.database.Database;
import io.strongroom.server.keys.Installation;
import io.strongroom.server.ledger.LedgerReader;
import io.strongroom.server.ledger.RecordLookup;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** Puts the read models together. */
@Factory
final class ProjectionBeans {

    /** Follows the ledger from the start of the process on. */
    @Context
    @Bean(preDestroy = "close")
    Projector projector(Database database, LedgerReader reader, Installation installation, InstantSource clock) {
        Projector projector = new Projector(database, reader, installation.tenant(), clock);
        projector.start();
        return projector;
    }

    @Singleton
    Timeline timeline(Installation installation) {
        return new Timeline(installation.tenant());
    }

    @Singleton
    Facets facets(Installation installation) {
        return new Facets(installation.tenant());
    }

    @Singleton
    RecordLookup recordLookup(Database database, LedgerReader reader, Installation installation) {
        return new TimelineLookup(database, reader, installation.tenant());
    }
}
