package io.strongroom.server.ingest;

import io.strongroom.server.gateway.Quotas;
import io.strongroom.server.ledger.AppendOutcome;
import io.strongroom.server.ledger.Ledger;
import io.strongroom.server.ledger.RidingRow;
import io.strongroom.server.metrics.MeterSource;
import io.strongroom.server.metrics.Meters;
import io.strongroom.server.record.Draft;
import io.strongroom.server.record.IdempotencyKeys;
import io.strongroom.server.record.RecordFactory;
import io.strongroom.server.uploads.UploadedObjects;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What single records and batches share: examiners with warm buffers, the guard, and the way into the ledger. For any
 * number of threads.
 */
@Singleton
public final class RecordIntake implements MeterSource {
    private final IdempotencyKeys keys;
    private final RecordFactory records;
    private final Ledger ledger;
    private final IntakeGuard guard;
    private final UploadedObjects objects;
    private final Quotas quotas;
    private final IntakeCounts counts = new IntakeCounts();

    /** Requests run on threads of their own, so that buffers are lent rather than kept by a thread. */
    private final ConcurrentLinkedQueue<Examiner> idle = new ConcurrentLinkedQueue<>();

    public RecordIntake(
            IdempotencyKeys keys,
            RecordFactory records,
            Ledger ledger,
            IntakeGuard guard,
            UploadedObjects objects,
            Quotas quotas) {
        this.keys = keys;
        this.records = records;
        this.ledger = ledger;
        this.guard = guard;
        this.objects = objects;
        this.quotas = quotas;
    }

    Examiner lend() {
        Examiner examiner = idle.poll();
        return examiner != null ? examiner : new Examiner(keys, records, objects, quotas);
    }

    void giveBack(Examiner examiner) {
        idle.offer(examiner);
    }

    List<CompletableFuture<AppendOutcome>> append(List<Draft> drafts) {
        return ledger.append(drafts);
    }

    /** All in one transaction, and the rows with them if every draft becomes a new record. */
    List<CompletableFuture<AppendOutcome>> append(List<Draft> drafts, List<RidingRow> rows) {
        return ledger.append(drafts, rows);
    }

    @Override
    public void describe(Meters meters) {
        counts.describe(meters);
    }

    IntakeCounts counts() {
        return counts;
    }

    IntakeGuard guard() {
        return guard;
    }
}
