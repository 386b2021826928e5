package io.strongroom.server.ledger;

import static java.util.Objects.requireNonNull;

import io.strongroom.server.record.Draft;
import io.strongroom.server.record.IdempotencyKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What was taken for one group, told apart by key: what is new, what came in an earlier group, what repeats another here. */
final class Arrivals {
    private final List<Pending> taken;
    private final Map<IdempotencyKey, Pending> firsts = new HashMap<>();
    private final List<Pending> repetitions = new ArrayList<>();

    Arrivals(List<Pending> taken) {
        this.taken = taken;
        for (Pending pending : taken) {
            IdempotencyKey key = pending.draft.key();
            if (key != null && firsts.putIfAbsent(key, pending) != null) {
                repetitions.add(pending);
            }
        }
    }

    /** A draft for each key: those that may have come in an earlier group. */
    List<Draft> keyed() {
        return firsts.values().stream().map(pending -> pending.draft).toList();
    }

    /** Those that become entries, in the order in which they came. */
    List<Pending> fresh(Map<IdempotencyKey, KnownKey> known) {
        List<Pending> fresh = new ArrayList<>(taken.size());
        for (Pending pending : taken) {
            IdempotencyKey key = pending.draft.key();
            if (key == null || firsts.get(key) == pending && !known.containsKey(key)) {
                fresh.add(pending);
            }
        }
        return fresh;
    }

    /** Those whose key has an entry already. */
    List<Pending> seen(Map<IdempotencyKey, KnownKey> known) {
        if (known.isEmpty()) {
            return List.of();
        }
        return taken.stream()
                .filter(pending -> pending.draft.key() != null && known.containsKey(pending.draft.key()))
                .toList();
    }

    /** Answers what repeats a neighbour in the group, once that is committed. */
    void answerRepetitions() {
        for (Pending repetition : repetitions) {
            Pending first = requireNonNull(firsts.get(repetition.draft.key()));
            // Without a receipt the key was known before this group, and both were answered from that.
            if (first.receipt != null) {
                FirstAnswers.repeat(
                        repetition,
                        first.receipt,
                        requireNonNull(first.draft.key()).mac());
            }
        }
    }
}
