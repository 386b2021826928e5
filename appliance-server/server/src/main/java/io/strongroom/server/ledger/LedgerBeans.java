package io.strongroom.server.ledger;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.strongroom.server.database.Database;
import io.strongroom.server.keys.Installation;
import io.strongroom.server.keys.SigningKeys;
import io.strongroom.server.objects.ObjectStore;
import io.strongroom.server.record.SystemRecords;
import io.strongroom.server.settings.Setting;
import io.strongroom.server.settings.Settings;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Puts the slice together: it recovers and starts with the context, and ends with it. */
@Factory
final class LedgerBeans {
    private static final int MAX_KEY_DAYS = 3_660;

    @Singleton
    ProcessHalt processHalt() {
        return new HardHalt();
    }

    @Context
    @Bean(preDestroy = "close")
    OpenLedger openLedger(
            Database database,
            Installation installation,
            SystemRecords records,
            SigningKeys keys,
            ObjectStore objects,
            Settings settings,
            Clock clock,
            ProcessHalt halt,
            List<CommitObserver> observers) {
        OpenLedger.Parts parts = new OpenLedger.Parts(
                LedgerSettings.DEFAULT.withKeyDays(settings.number(Setting.IDEMPOTENCY_DAYS, 1, MAX_KEY_DAYS)),
                database,
                installation.tenant(),
                records,
                keys,
                objects,
                clock,
                System::nanoTime,
                halt);
        OpenLedger ledger = OpenLedger.open(
                parts, new ObservedLedgerStore(OpenLedger.store(database, installation.tenant()), observers));
        ledger.start();
        return ledger;
    }

    @Singleton
    Sequencer sequencer(OpenLedger ledger) {
        return ledger.sequencer();
    }

    @Singleton
    LedgerReader ledgerReader(OpenLedger ledger) {
        return ledger.reader();
    }

    @Singleton
    Checkpoints checkpoints(OpenLedger ledger) {
        return ledger.checkpointer();
    }

    @Singleton
    FullCheckpoints fullCheckpoints(OpenLedger ledger) {
        return new FullCheckpoints() {
            @Override
            public Optional<StoredCheckpoint> newest() {
                return ledger.tables().newestFullCheckpoint();
            }

            @Override
            public Optional<StoredCheckpoint> find(long size) {
                return ledger.tables().fullCheckpoint(size);
            }
        };
    }

    @Singleton
    PublishedLogs publishedLogs(OpenLedger ledger) {
        return ledger.checkpointer()::log;
    }

    @Singleton
    LedgerVerification ledgerVerification(OpenLedger ledger) {
        return new LedgerVerification(ledger.checkpointer()::log, ledger.tables());
    }
}
