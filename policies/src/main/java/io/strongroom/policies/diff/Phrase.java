package io.strongroom.policies.diff;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A sentence about what a policy decides, or a part of one: of which kind it is and what it is about, so that it can be told
 * in another language than English. {@link #toString()} tells it in English.
 */
public sealed interface Phrase {
    /**
     * In the language of this locale, or in English where we do not speak it.
     *
     * @return the same for equal phrases
     */
    String in(Locale locale);

    /** A name as the bundle has it, or a number: the same in every language. */
    record Name(String text) implements Phrase {
        @Override
        public String in(Locale locale) {
            return text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /**
     * Something that is told of other things.
     *
     * @param about as many as the kind takes
     */
    record Told(Kind kind, List<Phrase> about) implements Phrase {
        public Told {
            about = List.copyOf(about);
            if (!kind.takes(about.size())) {
                throw new IllegalArgumentException(kind + " is not told of " + about.size());
            }
        }

        @Override
        public String in(Locale locale) {
            return Phrasebook.in(locale).tell(this);
        }

        @Override
        public String toString() {
            return in(Locale.ENGLISH);
        }
    }

    /** The name of something, as its {@code toString} gives it. */
    static Phrase name(Object named) {
        return new Name(named.toString());
    }

    static Phrase of(Kind kind, Phrase... about) {
        return new Told(kind, List.of(about));
    }

    /**
     * As it came from elsewhere.
     *
     * @param kind its {@link Kind#wire()}
     * @return empty where this version does not know that kind, or not of so many things
     */
    static Optional<Phrase> read(String kind, List<Phrase> about) {
        return Kind.of(kind).filter(known -> known.takes(about.size())).map(known -> new Told(known, about));
    }

    /** All of them together by a kind that joins; one stands for itself. */
    static Phrase joined(Kind kind, Collection<Phrase> all) {
        return all.size() == 1 ? all.iterator().next() : new Told(kind, List.copyOf(all));
    }

    /** The same of names. */
    static Phrase names(Kind kind, Collection<?> all) {
        return joined(kind, all.stream().map(Phrase::name).toList());
    }

    /** What can be told; {@code phrases*.properties} beside this class say in which words. */
    enum Kind {
        // Whole sentences, by area
        BELIEVED(1),
        BELIEVED_NO_LONGER(1),
        HASHED_FOR_EVER(2),
        HASHED_NO_LONGER(2),
        MAY_NO_LONGER(2),
        MAY_NOW(2),
        MAY_NOW_SO(3),
        MAY_SO(4),
        LOSES(2),
        GAINS(2),
        GAINS_SO(3),
        SEES(4),
        CLASSIFIED(3),
        KEPT(3),
        FINDABLE(1),
        FINDABLE_NO_LONGER(1),
        SUBJECT(2),
        NEW(1),
        GONE(1),
        RETENTION(2),
        RESIDENCY(2),
        QUOTAS(2),
        AGENTS(2),

        // Where they hold
        IN_EVERY_STREAM(1),
        IN_STREAM(2),
        IN_STREAMS(2),
        OTHER_STREAMS(0),

        // What somebody may do, and on what condition
        EXPORT(0),
        ALWAYS(0),
        WITH_PURPOSE(0),
        WHEN(1),
        WITH_PURPOSE_WHEN(1),
        AS_FORMAT(2),

        // Fields, and what becomes of them
        OTHER_FIELDS(0),
        FOUND(1),
        IN_EXPORTS(1),
        STORED_CLEAR(0),
        STORED_COMMITTED(0),
        STORED_DROPPED(0),
        STORED_HASHED(0),
        SEEN_CLEAR(0),
        SEEN_YEAR(0),
        SEEN_LAST4(0),
        SEEN_HASH(0),
        SEEN_REDACTED(0),
        SEEN_HIDDEN(0),

        // Records, and what becomes of them
        RETENTION_CLASS(2),
        YEARS(1),
        MONTHS(1),
        DAYS(1),
        WITH_GRACE(2),
        IN_REGIONS(1),
        ANYWHERE(0),
        NOTHING(0),
        DETECTED(3),
        ALL_FIELDS(0),
        EXCEPT(2),
        REFUSED(2),
        RESTRICTED(2),

        // What callers may use up, and what agents do
        NONE(0),
        QUOTA(3),
        RECORDS_PER_SECOND(1),
        BYTES_PER_DAY(1),
        REQUESTS_PER_SECOND(1),
        EXPORTS_AT_ONCE(1),
        RECORDS_PER_EXPORT(1),
        AGENT(2),
        OFFICER(3),

        // Those that join: told of the first two, then of these and the next
        ALL_OF,
        ONE_OF,
        OR_ELSE,
        IN_ORDER,
        BESIDE;

        private static final int TWO = 2;

        private final int places;
        private final boolean joins;

        Kind(int places) {
            this.places = places;
            this.joins = false;
        }

        Kind() {
            this.places = TWO;
            this.joins = true;
        }

        /** Of how many things its words are told. */
        int places() {
            return places;
        }

        /** Whether it joins any number of things. */
        boolean joins() {
            return joins;
        }

        boolean takes(int count) {
            return joins || count == places;
        }

        /** Its name in JSON, such as {@code may-no-longer}. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static Optional<Kind> of(String wire) {
            for (Kind each : values()) {
                if (each.wire().equals(wire)) {
                    return Optional.of(each);
                }
            }
            return Optional.empty();
        }
    }
}
