package io.strongroom.server.projection;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.strongroom.evidence.field.Disclosure;
import io.strongroom.evidence.json.JsonException;
import io.strongroom.evidence.ledger.Entry;
import io.strongroom.server.projection.TimelineQuery.Condition;
import java.util.Arrays;
import java.util.List;

/**
 * Tells whether a record has a value that leaves it out. It looks at what the reader sees of the record and at nothing
 * else: not at the index, where two values may look alike, nor at what is hidden, which leaving out would tell.
 */
public final class RecordExclusions {
    private record Value(Field field, byte[] bytes) {}

    private final List<Condition> conditions;
    private final List<Value> values;

    /** @param conditions any of which leaves a record out */
    public RecordExclusions(List<Condition> conditions) {
        this.conditions = List.copyOf(conditions);
        this.values = conditions.stream()
                .map(condition -> new Value(condition.field(), condition.value().getBytes(UTF_8)))
                .toList();
    }

    /** Whether what an entry says of its record leaves it out: all there is to go by where its body is gone. */
    public boolean leaveOut(Entry entry) {
        return conditions.stream().anyMatch(condition -> switch (condition.field()) {
            case STREAM -> condition.value().equals(entry.stream());
            case SOURCE -> condition.value().equals(entry.source());
            default -> false;
        });
    }

    /**
     * Whether a record is left out.
     *
     * @param seen what its reader sees of it, as a record
     * @param findable what they may find it by beside that
     */
    public boolean leaveOut(Entry entry, byte[] seen, List<Disclosure> findable) {
        return !conditions.isEmpty() && (leaveOut(entry) || leaveOut(findable) || leaveOut(seen));
    }

    private boolean leaveOut(List<Disclosure> findable) {
        return findable.stream().anyMatch(disclosure -> conditions.stream()
                .anyMatch(condition -> !condition.pointer().isEmpty()
                        && condition.pointer().equals(disclosure.pointer().toString())
                        && condition.values().contains(disclosure.value())));
    }

    private boolean leaveOut(byte[] seen) {
        Found found = new Found();
        try {
            new RecordWalk().walk(seen, found);
        } catch (JsonException noRecord) {
            // What could be read of it counts.
            return found.any;
        }
        return found.any;
    }

    private final class Found implements RecordWalk.Sink {
        private boolean any;

        @Override
        public void occurredAt(long epochMillis) {
            // No time leaves a record out.
        }

        @Override
        public void value(Field field, byte[] bytes, int from, int to) {
            for (Value value : values) {
                any |= value.field() == field && Arrays.equals(value.bytes(), 0, value.bytes().length, bytes, from, to);
            }
        }

        @Override
        public void word(byte[] bytes, int length) {
            // Nor does a word.
        }
    }
}
