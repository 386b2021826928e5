package io.strongroom.server.ledger;

import java.time.Duration;

/**
 * The sequencer's bounds.
 *
 * @param groupRecords the most drafts that one transaction takes
 * @param groupBytes the weight after which a group takes no more
 * @param queueRecords the most drafts that wait
 * @param queueBytes the most weight that waits
 * @param tailBytes how much of what was committed last stays in memory for readers
 * @param retryAfter what a caller is told who finds the queue full
 * @param retryPause how long to wait after a first failure of the database; doubled after each, up to two seconds
 * @param patience how long an unreachable database is tried again before the process stops
 * @param keyDays how many days an idempotency key is remembered
 */
public record LedgerSettings(
        int groupRecords,
        long groupBytes,
        int queueRecords,
        long queueBytes,
        long tailBytes,
        Duration retryAfter,
        Duration retryPause,
        Duration patience,
        int keyDays) {

    public static final LedgerSettings DEFAULT = new LedgerSettings(
            8_192,
            8L << 20,
            32_768,
            64L << 20,
            48L << 20,
            Duration.ofSeconds(1),
            Duration.ofMillis(50),
            Duration.ofSeconds(60),
            30);

    public LedgerSettings {
        if (groupRecords < 1 || groupBytes < 1 || queueRecords < 1 || queueBytes < 1 || tailBytes < 0 || keyDays < 1) {
            throw new IllegalArgumentException("the ledger's bounds must be positive");
        }
    }

    /** The same, with another time for idempotency keys. */
    public LedgerSettings withKeyDays(int days) {
        return new LedgerSettings(
                groupRecords, groupBytes, queueRecords, queueBytes, tailBytes, retryAfter, retryPause, patience, days);
    }
}
