package io.strongroom.server.ledger;

import io.strongroom.server.metrics.MeterSource;
import io.strongroom.server.metrics.Meters;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** How the ledger stands. */
@Singleton
final class LedgerMeters implements MeterSource {
    private final Sequencer sequencer;
    private final LedgerReader reader;
    private final Checkpoints checkpoints;
    private final InstantSource clock;

    LedgerMeters(Sequencer sequencer, LedgerReader reader, Checkpoints checkpoints, InstantSource clock) {
        this.sequencer = sequencer;
        this.reader = reader;
        this.checkpoints = checkpoints;
        this.clock = clock;
    }

    @Override
    public void describe(Meters meters) {
        StoredCheckpoint newest = checkpoints.newest();
        long size = reader.size();
        meters.gauge("strongroom_ledger_size", "Entries in the ledger.", size)
                .gauge("strongroom_ledger_queue_records", "Records that wait for the sequencer.", sequencer.waiting())
                .gauge("strongroom_ledger_queue_bytes", "Weight of what waits, in bytes.", sequencer.waitingBytes())
                .gauge(
                        "strongroom_ledger_running",
                        "1 while records are taken in; 0 once stopped, or while the clock waits for an operator.",
                        sequencer.running() ? 1 : 0)
                .gauge(
                        "strongroom_ledger_clock_jump",
                        "1 while the clock waits for an operator.",
                        sequencer.clockJump().isPresent() ? 1 : 0)
                .gauge("strongroom_checkpoint_size", "Entries that the newest checkpoint covers.", newest.size())
                .gauge(
                        "strongroom_checkpoint_lag_records",
                        "Entries that no checkpoint covers yet.",
                        Math.max(0, size - newest.size()))
                .gauge(
                        "strongroom_checkpoint_age_seconds",
                        "Age of the newest checkpoint. An idle ledger makes none.",
                        newest.atMillis() == 0 ? 0 : Math.max(0, clock.millis() - newest.atMillis()) / 1e3);
    }
}
