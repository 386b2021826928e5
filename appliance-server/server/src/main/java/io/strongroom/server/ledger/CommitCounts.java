package io.strongroom.server.ledger;

import io.strongroom.server.metrics.Histogram;
import io.strongroom.server.metrics.MeterSource;
import io.strongroom.server.metrics.Meters;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.LongAdder;

/** What the sequencer has committed since the start: counted by the group, so that a record costs nothing. */
@Singleton
final class CommitCounts implements CommitObserver, MeterSource {
    private final Histogram groupRecords = new Histogram(1, 4, 16, 64, 256, 1_024, 2_048, 4_096, 8_191);
    private final Histogram commitSeconds = Histogram.ofSeconds();
    private final LongAdder records = new LongAdder();
    private final LongAdder seals = new LongAdder();

    @Override
    public void committed(Group group, long nanos) {
        groupRecords.observe(group.count());
        commitSeconds.observeNanos(nanos);
        records.add(group.count());
        if (group.seal() != null) {
            seals.increment();
        }
    }

    @Override
    public void describe(Meters meters) {
        meters.histogram("strongroom_ledger_group_records", "Records that one transaction took.", groupRecords)
                .histogram("strongroom_ledger_commit_seconds", "Time that a group's commit took.", commitSeconds)
                .counter("strongroom_ledger_committed_records", "Records committed.", records.sum())
                .counter("strongroom_ledger_seals", "Days sealed.", seals.sum());
    }
}
