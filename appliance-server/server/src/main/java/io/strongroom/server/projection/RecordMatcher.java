package io.strongroom.server.projection;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.strongroom.evidence.field.Disclosure;
import io.strongroom.evidence.json.JsonException;
import io.strongroom.evidence.ledger.Entry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compares a record itself with a query's conditions and words, so that equal hashes never show a wrong record. */
public final class RecordMatcher {
    private record Wanted(Field field, byte[] value) {}

    private final List<TimelineQuery.Condition> conditions;
    private final List<Wanted> wanted = new ArrayList<>();
    private final boolean words;
    private final boolean boundsTime;
    private final boolean byTime;

    public RecordMatcher(TimelineQuery query) {
        conditions = query.conditions();
        for (TimelineQuery.Condition condition : conditions) {
            wanted.add(new Wanted(condition.field(), condition.value().getBytes(UTF_8)));
        }
        for (String word : query.words()) {
            wanted.add(new Wanted(Field.WORD, word.getBytes(UTF_8)));
        }
        words = !query.words().isEmpty();
        boundsTime = query.boundsTime();
        byTime = query.order().byTime();
    }

    /**
     * Whether the record has all that is wanted. Without its body only what the entry says can be known: then a query for
     * anything else does not find it.
     */
    public boolean matches(Entry entry, byte @Nullable [] body) {
        if (wanted.isEmpty()) {
            return true;
        }
        return body == null ? matches(entry) : matches(body);
    }

    /** Whether a field is asked for that may be kept apart. */
    public boolean asksFindable() {
        return conditions.stream().anyMatch(condition -> !condition.hashes().isEmpty());
    }

    /**
     * Whether a record that is withheld from its reader is found all the same: by what its entry says and what is told of
     * it. In an order by time it stands only if its time is told, for its place would tell it.
     *
     * @param told those of its fields that the reader sees as they are, as a record
     */
    public boolean matchesWithheld(Entry entry, byte[] told) {
        Found found = new Found();
        for (int i = 0; i < conditions.size(); i++) {
            if (matches(conditions.get(i), entry)) {
                found.fits(i);
            }
        }
        return matches(told, found) && (found.timed || !boundsTime && !byTime);
    }

    /**
     * Whether the record has all that is wanted, if what is kept apart of it counts too.
     *
     * @param apart what the reader may find it by
     */
    public boolean matches(byte[] body, List<Disclosure> apart) {
        Found found = new Found();
        for (int i = 0; i < conditions.size(); i++) {
            TimelineQuery.Condition condition = conditions.get(i);
            for (Disclosure disclosure : apart) {
                if (!condition.pointer().isEmpty()
                        && disclosure.pointer().toString().equals(condition.pointer())
                        && condition.values().contains(disclosure.value())) {
                    found.fits(i);
                }
            }
        }
        return matches(body, found);
    }

    private boolean matches(Entry entry) {
        return !words && conditions.stream().allMatch(condition -> matches(condition, entry));
    }

    private static boolean matches(TimelineQuery.Condition condition, Entry entry) {
        return switch (condition.field()) {
            case STREAM -> condition.value().equals(entry.stream());
            case SOURCE -> condition.value().equals(entry.source());
            default -> false;
        };
    }

    private boolean matches(byte[] body) {
        return matches(body, new Found());
    }

    private static boolean matches(byte[] body, Found found) {
        try {
            new RecordWalk().walk(body, found);
        } catch (JsonException noRecord) {
            return false;
        }
        return found.missing == 0;
    }

    private final class Found implements RecordWalk.Sink {
        private final boolean[] found = new boolean[wanted.size()];
        private int missing = found.length;
        private boolean timed;

        private void fits(int wanted) {
            if (!found[wanted]) {
                found[wanted] = true;
                missing--;
            }
        }

        @Override
        public void occurredAt(long epochMillis) {
            // Which it is, the timeline has told.
            timed = true;
        }

        @Override
        public void value(Field field, byte[] bytes, int from, int to) {
            for (int i = 0; i < found.length; i++) {
                Wanted one = wanted.get(i);
                if (!found[i]
                        && one.field() == field
                        && Arrays.equals(one.value(), 0, one.value().length, bytes, from, to)) {
                    fits(i);
                }
            }
        }

        @Override
        public void word(byte[] bytes, int length) {
            value(Field.WORD, bytes, 0, length);
        }
    }
}
