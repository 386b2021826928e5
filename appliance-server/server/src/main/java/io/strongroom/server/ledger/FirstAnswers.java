package io.strongroom.server.ledger;

import static java.util.Objects.requireNonNull;

import io.strongroom.server.database.DatabaseException;
import io.strongroom.server.record.IdempotencyKey;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives a repetition the answer that its key got first: the same receipt, or that it came with another document. */
final class FirstAnswers {
    private static final Logger log = LoggerFactory.getLogger(FirstAnswers.class);

    private final Receipts receipts;

    /** Where the first answer to a key is read again. */
    @FunctionalInterface
    interface Receipts {
        /** The receipts of the given entries, all of which are committed. */
        Map<Long, Receipt> of(List<Long> seqs);
    }

    FirstAnswers(Receipts receipts) {
        this.receipts = receipts;
    }

    /** Answers all of {@code seen}, whose keys are {@code known}. */
    void repeat(List<Pending> seen, Map<IdempotencyKey, KnownKey> known) {
        if (seen.isEmpty()) {
            return;
        }
        List<Long> seqs = seen.stream()
                .map(pending -> requireNonNull(known.get(pending.draft.key())).seq())
                .distinct()
                .sorted()
                .toList();
        Map<Long, Receipt> first;
        try {
            first = receipts.of(seqs);
        } catch (DatabaseException | LedgerDamagedException e) {
            // Their first answer stands and is committed; only it cannot be told now. Nobody else need wait for that.
            log.error("the first answers to {} repetitions cannot be read again: {}", seen.size(), e.getMessage());
            LedgerClosedException why =
                    new LedgerClosedException("the first answer to this key cannot be read again now", e);
            seen.forEach(pending -> pending.completeExceptionally(why));
            return;
        }
        for (Pending pending : seen) {
            KnownKey key = requireNonNull(known.get(pending.draft.key()));
            repeat(pending, requireNonNull(first.get(key.seq()), "no receipt"), key.mac());
        }
    }

    /**
     * Answers one repetition.
     *
     * @param firstMac the MAC of the document that came first
     */
    static void repeat(Pending repetition, Receipt first, byte[] firstMac) {
        byte[] mac = requireNonNull(repetition.draft.key()).mac();
        repetition.complete(
                MessageDigest.isEqual(firstMac, mac)
                        ? new AppendOutcome.Replayed(first)
                        : new AppendOutcome.Conflict(first, firstMac.clone(), mac.clone()));
    }
}
