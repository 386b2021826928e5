package io.strongroom.server.ingest;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.strongroom.evidence.Digest;
import io.strongroom.server.access.DeviceIdentities;
import io.strongroom.server.database.Database;
import io.strongroom.server.keys.Installation;
import io.strongroom.server.ledger.Checkpoints;
import io.strongroom.server.ledger.SystemTrail;
import io.strongroom.server.objects.ObjectStore;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.security.PublicKey;
import java.time.Clock;
import java.util.Optional;

/** Puts the intake of device batches together. */
@Factory
final class DeviceBatchBeans {

    @Singleton
    @Bean(preDestroy = "close")
    BatchArchive batchArchive(Database database, Installation installation, ObjectStore objects) {
        return new BatchArchive(database, installation.tenant(), objects);
    }

    @Singleton
    DeviceBatchTable deviceBatchTable(Database database, Installation installation) {
        return new DeviceBatchTable(database, installation.tenant());
    }

    @Singleton
    SentBatches sentBatches(BatchArchive archive, DeviceIdentities identities) {
        return new SentBatches() {
            @Override
            public Optional<byte[]> find(Digest batch) throws IOException {
                return archive.find(batch);
            }

            @Override
            public Optional<PublicKey> key(String device, Digest id) {
                return identities.key(device, id);
            }
        };
    }

    @Singleton
    DeviceBatches deviceBatches(
            DeviceBatchTable table,
            DeviceIdentities identities,
            BatchArchive archive,
            SystemTrail trail,
            RecordIntake intake,
            Checkpoints checkpoints,
            Clock clock) {
        return new DeviceBatches(
                table, identities::key, archive, new DeviceEvents(trail, clock), intake, checkpoints, clock);
    }
}
