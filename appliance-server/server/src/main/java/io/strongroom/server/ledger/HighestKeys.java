package io.strongroom.server.ledger;

import static java.util.Objects.requireNonNull;

import io.strongroom.server.record.Draft;
import io.strongroom.server.record.IdempotencyKey;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Spares most records the question whether their key came before. A key of a sequence, that of a source or that of a
 * device, ends in the sequence, and sources count upwards: one above the highest that the source has reached is new. That is asked once for a source,
 * then followed here; sources that were not heard of for long are forgotten, and asked for again.
 *
 * <p>Owned by the sequencer's thread, which alone adds keys. Keys that expire may leave a mark too high, which costs a
 * question and no more.
 */
final class HighestKeys {
    static final int MOST_SOURCES = 100_000;

    private static final long NONE = Long.MIN_VALUE;

    private final LedgerStore store;

    // The highest second half of all committed keys, by first half.
    private final Map<Long, Long> lows;

    HighestKeys(LedgerStore store, int mostSources) {
        this.store = store;
        this.lows = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Long, Long> eldest) {
                return size() > mostSources;
            }
        };
    }

    /**
     * The keys of {@code drafts} that may have come before: the others did not.
     *
     * @throws SQLException if the database cannot be asked; to be tried again
     */
    List<IdempotencyKey> perhapsKnown(Collection<Draft> drafts) throws SQLException {
        Map<Long, Long> marks = marks(drafts);
        List<IdempotencyKey> perhaps = new ArrayList<>();
        for (Draft draft : drafts) {
            IdempotencyKey key = draft.key();
            if (key != null && (!counts(draft, key) || key.low() <= requireNonNull(marks.get(key.high())))) {
                perhaps.add(key);
            }
        }
        return perhaps;
    }

    /** The highest second half of each source of {@code drafts}, apart from what may be forgotten meanwhile. */
    private Map<Long, Long> marks(Collection<Draft> drafts) throws SQLException {
        Map<Long, Long> marks = new HashMap<>();
        Set<Long> unasked = new HashSet<>();
        for (Draft draft : drafts) {
            IdempotencyKey key = draft.key();
            if (key != null && counts(draft, key) && !marks.containsKey(key.high())) {
                Long low = lows.get(key.high());
                if (low == null) {
                    unasked.add(key.high());
                } else {
                    marks.put(key.high(), low);
                }
            }
        }
        Map<Long, Long> asked = unasked.isEmpty() ? Map.of() : store.highest(unasked);
        for (Long high : unasked) {
            marks.put(high, asked.getOrDefault(high, NONE));
        }
        unasked.forEach(high -> lows.put(high, requireNonNull(marks.get(high))));
        return marks;
    }

    /** Follows a group that is committed. */
    void committed(Group group) {
        for (Draft draft : group.drafts()) {
            IdempotencyKey key = draft.key();
            if (key != null && counts(draft, key)) {
                lows.computeIfPresent(key.high(), (high, low) -> Math.max(low, key.low()));
            }
        }
    }

    /** Whether the key is one of a sequence. Another that looks like it is judged rightly all the same. */
    private static boolean counts(Draft draft, IdempotencyKey key) {
        Long sequence = draft.sourceSeq();
        return key.counts() || sequence != null && key.low() == sequence;
    }
}
