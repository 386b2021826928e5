package io.strongroom.server.packs;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.strongroom.evidence.note.SignedNote;
import io.strongroom.evidence.note.VerifierKey;
import io.strongroom.evidence.pack.write.PackDescription.Tool;
import io.strongroom.evidence.tree.HashSource;
import io.strongroom.policies.Policy;
import io.strongroom.server.database.Database;
import io.strongroom.server.ingest.SentBatches;
import io.strongroom.server.keys.Installation;
import io.strongroom.server.keys.SigningKeys;
import io.strongroom.server.keys.WrappingKeys;
import io.strongroom.server.ledger.Checkpoints;
import io.strongroom.server.ledger.Cosignatures;
import io.strongroom.server.ledger.IntegrityCounts;
import io.strongroom.server.ledger.LedgerReader;
import io.strongroom.server.ledger.SystemTrail;
import io.strongroom.server.policy.PolicyHistory;
import io.strongroom.server.privacy.RecordSights;
import io.strongroom.server.privacy.SearchRights;
import io.strongroom.server.settings.DataDirectory;
import io.strongroom.server.settings.Setting;
import io.strongroom.server.settings.Settings;
import io.strongroom.server.spool.Spool;
import io.strongroom.server.spool.SpoolKeys;
import io.strongroom.server.uploads.UploadedObjects;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Puts the slice together: it takes up what an earlier process left, and ends with the context. */
@Factory
final class PackBeans {
    private static final String NAME = "strongroom";
    private static final int MOST_AT_ONCE = 16;

    @Singleton
    Spool spool(DataDirectory data) throws IOException {
        return new Spool(data.folder("spool"), Spool.FLOOR_BYTES);
    }

    @Singleton
    ExportTable exportTable(Database database, Installation installation) {
        return new ExportTable(database, installation.tenant());
    }

    @Singleton
    ExportTrail exportTrail(SystemTrail trail, Clock clock) {
        return new LedgerTrail(trail, clock);
    }

    @Singleton
    PackCheckpoints packCheckpoints(Checkpoints checkpoints, Cosignatures cosignatures, SigningKeys keys) {
        return new PublishedCheckpoints(checkpoints, cosignatures, keys);
    }

    @Singleton
    PackMaker packMaker(
            LedgerReader ledger,
            ChosenRecords chosen,
            PackCheckpoints checkpoints,
            RecordSights sights,
            UploadedObjects uploads,
            SentBatches sent,
            SigningKeys keys,
            Policy policy,
            PolicyHistory policies,
            Installation installation,
            Spool spool,
            Clock clock,
            SecureRandom random) {
        return new LedgerPacks(
                ledger,
                chosen,
                checkpoints,
                sights,
                uploads,
                sent,
                keys,
                policy,
                policies,
                installation.tenant(),
                spool,
                new Tool(NAME, version()),
                clock,
                random);
    }

    @Context
    @Bean(preDestroy = "close")
    Exports exports(
            ExportTable table,
            Spool spool,
            WrappingKeys wrapping,
            PackMaker maker,
            ExportTrail trail,
            Settings settings,
            Policy policy,
            SearchRights rights,
            ChosenRecords chosen,
            Clock clock,
            SecureRandom random)
            throws IOException {
        SpoolKeys keys = new SpoolKeys(wrapping, Exports.PURPOSE);
        int concurrency = settings.number(Setting.PACKS_CONCURRENT, 1, MOST_AT_ONCE);
        ExportRunner runner = new ExportRunner(table, spool, keys, maker, trail, clock, random, concurrency);
        Exports exports = new Exports(
                table, spool, keys, runner, trail, new ExportRights(policy, rights, clock), chosen, clock, random);
        exports.start();
        return exports;
    }

    @Singleton
    PackCheck packCheck(Exports exports, Spool spool, SigningKeys keys, IntegrityCounts counts) {
        return new PackCheck(exports, spool, keys, counts);
    }

    private static String version() {
        String version = PackBeans.class.getPackage().getImplementationVersion();
        return version == null ? "0.1.0" : version;
    }

    /** What packs need of the published log. */
    private record PublishedCheckpoints(Checkpoints checkpoints, Cosignatures cosignatures, SigningKeys keys)
            implements PackCheckpoints {
        @Override
        public SignedNote forPack() throws IOException {
            try {
                return cosignatures.on(checkpoints.forPack());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw (IOException) new InterruptedIOException("stopped while waiting for a checkpoint").initCause(e);
            }
        }

        @Override
        public Optional<SignedNote> witnessed(long size) {
            return cosignatures
                    .covering(size)
                    .filter(found -> found.size() <= checkpoints.newest().size())
                    .map(cosignatures::on);
        }

        @Override
        public HashSource hashes(long size) {
            return checkpoints.hashes(size);
        }

        @Override
        public List<VerifierKey> logKeys() {
            return LogKeys.of(keys.published());
        }
    }
}
