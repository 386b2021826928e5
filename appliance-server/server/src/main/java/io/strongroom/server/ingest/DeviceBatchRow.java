package io.strongroom.server.ingest;

import io.strongroom.api.BatchAck.Rejected;
import io.strongroom.evidence.Digest;
import io.strongroom.evidence.batch.BatchHead;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a device batch that came, durably.
 *
 * @param first sequence of its first line
 * @param last sequence of its last line
 * @param digest the batch's digest
 * @param previous the digest that it names of the batch before it
 * @param receivedAt when it came first, epoch milliseconds
 * @param transport how it came first; null where that was not kept yet
 * @param settled how many of its lines, from the first, are in the ledger or in quarantine
 * @param rejected those of them that are in quarantine
 */
record DeviceBatchRow(
        long first,
        long last,
        Digest digest,
        Digest previous,
        long receivedAt,
        @Nullable Transport transport,
        int settled,
        List<Rejected> rejected) {
    DeviceBatchRow {
        rejected = List.copyOf(rejected);
    }

    /** One that has just come. */
    static DeviceBatchRow of(BatchHead head, Digest digest, long now, @Nullable Transport transport) {
        return new DeviceBatchRow(head.first(), head.last(), digest, head.previous(), now, transport, 0, List.of());
    }

    /** The same, with more lines settled. */
    DeviceBatchRow settledTo(int lines, List<Rejected> more) {
        List<Rejected> all = new ArrayList<>(rejected);
        all.addAll(more);
        return new DeviceBatchRow(first, last, digest, previous, receivedAt, transport, lines, all);
    }

    /** Whether all of its lines are settled. */
    boolean isSettled() {
        return settled == last - first + 1;
    }

    /** The sequence with which the next batch begins: this one's own as long as it is not settled. */
    long next() {
        return isSettled() ? last + 1 : first;
    }
}
