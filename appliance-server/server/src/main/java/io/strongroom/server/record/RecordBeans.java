package io.strongroom.server.record;

import io.micronaut.context.annotation.Factory;
import io.strongroom.policies.Policy;
import io.strongroom.server.keys.Installation;
import io.strongroom.server.keys.InstallationSecrets;
import io.strongroom.server.keys.RandomBytes;
import io.strongroom.server.privacy.DisclosureSealer;
import io.strongroom.server.privacy.FieldHashes;
import io.strongroom.server.privacy.LineSealer;
import io.strongroom.server.settings.Setting;
import io.strongroom.server.settings.Settings;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;

/** Puts the slice together. */
@Factory
final class RecordBeans {

    @Singleton
    RandomBytes randomBytes() {
        return new RandomBytes(new SecureRandom());
    }

    @Singleton
    RecordFactory recordFactory(
            Policy policy,
            Clock clock,
            RandomBytes random,
            DisclosureSealer sealer,
            LineSealer lines,
            FieldHashes hashes,
            Settings settings) {
        return new RecordFactory(
                policy, new RecordIds(clock, random), random, sealer, lines, hashes, settings.text(Setting.RESIDENCY));
    }

    @Singleton
    SystemRecords systemRecords(Installation installation, Policy policy, RecordFactory records) {
        return new ApplianceRecords(installation.tenant(), policy, records);
    }

    @Singleton
    IdempotencyKeys idempotencyKeys(Installation installation, InstallationSecrets secrets) {
        return new IdempotencyKeys(installation.tenant(), secrets.idempotencyKey());
    }
}
