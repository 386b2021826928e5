package io.strongroom.console.chain;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A day of the ledger, in UTC.
 *
 * @param firstSeq its first entry; -1 where it has none
 * @param lastSeq its last entry so far; -1 where it has none
 * @param seal null where it is not sealed yet
 */
record Day(
        LocalDate date,
        State state,
        long firstSeq,
        long lastSeq,
        @Nullable Seal seal) {
    private static final int MOST_EMPTY = 31;

    /** How it stands. */
    enum State {
        /** Its seal is in the ledger, and follows the day before. */
        SEALED,
        /** It goes on, or no entry of a later day has sealed it yet. */
        OPEN,
        /** Nothing was taken in. */
        EMPTY,
        /** Its seal does not begin where the seal before ended: entries are missing between. */
        GAP
    }

    /** How many entries it has. */
    long entries() {
        return firstSeq < 0 ? 0 : lastSeq - firstSeq + 1;
    }

    /**
     * The days from the first of these seals on.
     *
     * @param size of the newest checkpoint
     * @param today where the ledger goes on
     */
    static List<Day> of(List<Seal> seals, long size, LocalDate today) {
        List<Day> days = new ArrayList<>();
        Seal before = null;
        for (Seal seal :
                seals.stream().sorted(Comparator.comparingLong(Seal::seq)).toList()) {
            if (before != null) {
                empty(days, before.day(), seal.day());
            }
            boolean follows = before == null
                    ? seal.firstSeq() == 0 || seals.size() >= PublishedLog.MOST_SEALS
                    : seal.firstSeq() == before.lastSeq() + 1;
            days.add(new Day(seal.day(), follows ? State.SEALED : State.GAP, seal.firstSeq(), seal.lastSeq(), seal));
            before = seal;
        }
        long next = before == null ? 0 : before.lastSeq() + 1;
        if (size > next) {
            LocalDate open = before == null || today.isAfter(before.day())
                    ? today
                    : before.day().plusDays(1);
            if (before != null) {
                empty(days, before.day(), open);
            }
            days.add(new Day(open, State.OPEN, next, size - 1, null));
        }
        return days;
    }

    /** Days between these two; of a long silence its last days. */
    private static void empty(List<Day> days, LocalDate after, LocalDate before) {
        LocalDate first = after.plusDays(1);
        LocalDate from = first.isBefore(before.minusDays(MOST_EMPTY)) ? before.minusDays(MOST_EMPTY) : first;
        for (LocalDate day = from; day.isBefore(before); day = day.plusDays(1)) {
            days.add(new Day(day, State.EMPTY, -1, -1, null));
        }
    }
}
