package io.strongroom.server.privacy;

import io.micronaut.context.annotation.Factory;
import io.strongroom.policies.Policy;
import io.strongroom.server.database.Database;
import io.strongroom.server.keys.Installation;
import io.strongroom.server.keys.InstallationSecrets;
import io.strongroom.server.keys.RandomBytes;
import io.strongroom.server.keys.WrappingKeys;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Puts the slice together. */
@Factory
final class PrivacyBeans {

    @Singleton
    DisclosureVault disclosureVault(
            Database database,
            Installation installation,
            WrappingKeys wrapping,
            InstallationSecrets secrets,
            RandomBytes random,
            Clock clock) {
        return new DisclosureVault(database, installation.tenant(), wrapping, secrets, random, clock);
    }

    @Singleton
    FieldHashes fieldHashes(Installation installation, InstallationSecrets secrets) {
        return new FieldHashes(secrets.idempotencyKey(), installation.tenant());
    }

    @Singleton
    Visibility visibility(Policy policy) {
        return new PolicyVisibility(policy);
    }

    @Singleton
    RecordOpener recordOpener(DisclosureVault vault) {
        return new RecordOpener(vault);
    }

    @Singleton
    RecordSights recordSights(DisclosureVault vault, Visibility visibility) {
        return new RecordSights(vault, visibility);
    }

    @Singleton
    SearchRights searchRights(Visibility visibility) {
        return new SearchRights(visibility);
    }
}
