package io.strongroom.policies.pattern;

import io.strongroom.evidence.json.CanonicalWriter;
import io.strongroom.evidence.json.JsonSlice;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Matches any number of field patterns in one walk over a record: a state for each member entered, and with it which
 * patterns name the member or one around it. States are made when they are first needed and kept, up to a bound beyond
 * which they are made again each time; the outcome is the same.
 *
 * <p>For any number of threads.
 *
 * @param <T> what a set of matching patterns means to the one who asks
 */
public final class FieldAutomaton<T> {
    private static final int MAX_STATES = 20_000;

    /** Bounds what all states together take: a position for each pattern in each of them, in ints. */
    private static final int MAX_POSITIONS = 1_000_000;

    private static final int MAX_NAMES_OF_A_STATE = 512;

    private final List<FieldPattern> patterns;
    private final Function<BitSet, T> meaning;
    private final Map<Key, State> states = new ConcurrentHashMap<>();
    private final int maxStates;
    private final State start;

    /**
     * @param meaning gives what the patterns mean whose indices are set; asked once for each state
     */
    public FieldAutomaton(List<FieldPattern> patterns, Function<BitSet, T> meaning) {
        this.patterns = List.copyOf(patterns);
        this.meaning = meaning;
        this.maxStates = Math.min(MAX_STATES, MAX_POSITIONS / (patterns.size() + 1));
        int[] reached = new int[patterns.size()];
        for (int i = 0; i < reached.length; i++) {
            // The record as a whole is no field.
            reached[i] = patterns.get(i).beyond(patterns.get(i).start());
        }
        this.start = state(reached, new BitSet());
    }

    /** The record itself. */
    public State start() {
        return start;
    }

    /** What a state is, compared by content; neither part is ever changed. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Key(int[] reached, BitSet matched) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Key that && Arrays.equals(reached, that.reached) && matched.equals(that.matched);
        }

        @Override
        public int hashCode() {
            return 31 * Arrays.hashCode(reached) + matched.hashCode();
        }
    }

    private State state(int[] reached, BitSet matched) {
        Key key = new Key(reached, matched);
        State known = states.get(key);
        if (known != null) {
            return known;
        }
        State made = new State(reached, matched);
        if (states.size() >= maxStates) {
            return made;
        }
        State before = states.putIfAbsent(key, made);
        return before == null ? made : before;
    }

    private static byte[] canonical(String name) {
        byte[] quoted = new CanonicalWriter().string(name).toBytes();
        return Arrays.copyOfRange(quoted, 1, quoted.length - 1);
    }

    /** A member that was entered. */
    public final class State {
        // By pattern: the positions reached, as FieldPattern counts them.
        private final int[] reached;
        private final BitSet matched;
        private final T meaning;
        private final boolean dead;
        private final boolean hasGlobs;

        // A State, or the name of a literal whose state was not made yet. Replaced under this state's lock.
        private volatile NameTable<Object> members = NameTable.empty();
        private volatile @Nullable State unknown;
        private volatile @Nullable State element;

        private State(int[] reached, BitSet matched) {
            this.reached = reached;
            this.matched = matched;
            this.meaning = FieldAutomaton.this.meaning.apply((BitSet) matched.clone());
            this.dead = Arrays.stream(reached).allMatch(positions -> positions == 0);
            this.hasGlobs = prepare();
        }

        private boolean prepare() {
            boolean globs = false;
            NameTable<Object> table = members;
            for (int i = 0; i < reached.length; i++) {
                List<FieldPattern.Segment> segments = patterns.get(i).segments();
                for (int at = 0; at < segments.size(); at++) {
                    if ((reached[i] & 1 << at) != 0 && segments.get(at) instanceof FieldPattern.Segment.Name name) {
                        if (name.glob().isLiteral()) {
                            table = table.with(
                                    canonical(name.glob().text()), name.glob().text());
                        } else {
                            globs |= !name.glob().isAny();
                        }
                    }
                }
            }
            members = table;
            return globs;
        }

        /** What the patterns that name this member, or one around it, mean. */
        public T meaning() {
            return meaning;
        }

        /**
         * The state of a member.
         *
         * @param name the member's name as it stands in canonical JSON, with its quotes
         */
        public State member(JsonSlice name) {
            if (dead) {
                return this;
            }
            int from = name.offset() + 1;
            int to = name.offset() + name.length() - 1;
            Object known = members.get(name.bytes(), from, to);
            if (known instanceof FieldAutomaton<?>.State) {
                @SuppressWarnings("unchecked")
                State state = (State) known;
                return state;
            }
            if (known == null && !hasGlobs) {
                return unknownMember();
            }
            State next = next(name.string());
            if (known != null || members.size() < MAX_NAMES_OF_A_STATE) {
                remember(Arrays.copyOfRange(name.bytes(), from, to), next);
            }
            return next;
        }

        private synchronized void remember(byte[] name, State state) {
            members = members.with(name, state);
        }

        private State next(String name) {
            int[] next = new int[reached.length];
            for (int i = 0; i < reached.length; i++) {
                next[i] = patterns.get(i).step(reached[i], name);
            }
            return entered(next);
        }

        private State unknownMember() {
            State known = unknown;
            if (known == null) {
                int[] next = new int[reached.length];
                for (int i = 0; i < reached.length; i++) {
                    next[i] = patterns.get(i).stepUnknown(reached[i]);
                }
                known = entered(next);
                unknown = known;
            }
            return known;
        }

        /**
         * The state of an array's elements. A pattern goes through them as if they were not there, or takes one as a
         * name; for the array is one field, and whoever names a part of it means it.
         */
        public State element() {
            if (dead) {
                return this;
            }
            State known = element;
            if (known == null) {
                int[] next = new int[reached.length];
                for (int i = 0; i < reached.length; i++) {
                    next[i] = reached[i] | patterns.get(i).stepUnknown(reached[i]);
                }
                known = entered(next);
                element = known;
            }
            return known;
        }

        private State entered(int[] next) {
            BitSet more = (BitSet) matched.clone();
            for (int i = 0; i < next.length; i++) {
                if (patterns.get(i).isWhole(next[i])) {
                    more.set(i);
                }
                // A pattern that has matched matches everything inside; it need not be followed any more.
                next[i] = more.get(i) ? 0 : patterns.get(i).beyond(next[i]);
            }
            return state(next, more);
        }
    }
}
