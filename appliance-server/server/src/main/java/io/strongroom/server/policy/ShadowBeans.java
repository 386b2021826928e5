package io.strongroom.server.policy;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.strongroom.server.database.Database;
import io.strongroom.server.keys.Installation;
import io.strongroom.server.ledger.LedgerReader;
import io.strongroom.server.objects.ObjectStore;
import io.strongroom.server.policy.repository.BundleCheck;
import io.strongroom.server.policy.repository.PolicyRepository;
import io.strongroom.server.privacy.RecordOpener;
import io.strongroom.server.settings.Setting;
import io.strongroom.server.settings.Settings;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.InstantSource;

/** Puts shadow evaluation together. */
@Factory
final class ShadowBeans {

    @Singleton
    ShadowTable shadowTable(Database database, Installation installation) {
        return new ShadowTable(database, installation.tenant());
    }

    @Singleton
    ShadowWork shadowWork(
            PolicyRepository repository,
            BundleCheck check,
            ActivationTable activations,
            LedgerReader ledger,
            RecordOpener opener,
            Settings settings) {
        return new ShadowWork(repository, check, activations, ledger, opener, settings.text(Setting.RESIDENCY));
    }

    @Context
    @Bean(preDestroy = "close")
    ShadowRuns shadowRuns(
            ShadowTable table,
            Proposals proposals,
            PolicyInForce inForce,
            ShadowWork work,
            ObjectStore objects,
            PolicyTrail trail,
            InstantSource clock,
            SecureRandom random) {
        ShadowRuns runs = new ShadowRuns(table, proposals, inForce, work, objects, trail, clock, random);
        runs.recover();
        return runs;
    }

    @Singleton
    ShadowReports shadowReports(
            ShadowTable table, ShadowRuns runs, Proposals proposals, PolicyInForce inForce, ObjectStore objects) {
        return new ShadowReports(table, runs, proposals, inForce, objects);
    }
}
