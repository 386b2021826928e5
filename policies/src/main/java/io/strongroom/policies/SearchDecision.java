package io.strongroom.policies;

import java.util.List;

/**
 * Whether records may be looked up by a value of a field. Follows from the rules and the value that is asked about, never
 * from what records hold, so that it tells nothing of them.
 *
 * @param where what holds in which streams, at least one
 */
public record SearchDecision(List<Where> where) {

    public SearchDecision {
        where = List.copyOf(where);
    }

    /** How a reader would see such a field. */
    public enum Sight {
        /** As it is, in every record. */
        EVERY,
        /** As it is, in the records that a condition lets them read. */
        SOME,
        /** As a rendering. */
        MASKED,
        /** Not at all. */
        HIDDEN,
        /** The reader may read no record of these streams. */
        DENIED
    }

    /**
     * What holds in some streams.
     *
     * @param streams the streams, as the bundle names them
     * @param sight how the reader would see the field
     * @param committed whether it is kept apart when it is written, so that no index has it in clear
     * @param findable whether a keyed hash finds it then
     * @param reason why not as it is, in a few words; empty where it is
     */
    public record Where(String streams, Sight sight, boolean committed, boolean findable, String reason) {
        /** Whether the reader sees the value as it is, at least in some records. */
        public boolean isShown() {
            return sight == Sight.EVERY || sight == Sight.SOME;
        }

        /** Whether a keyed hash may find the record for this reader. */
        public boolean isFoundByHash() {
            return findable && (isShown() || sight == Sight.MASKED);
        }

        /** Whether the value may find a record for this reader at all. */
        public boolean isSearchable() {
            return isShown() || isFoundByHash();
        }
    }

    /** Whether the value may find a record somewhere. */
    public boolean isSearchable() {
        return where.stream().anyMatch(Where::isSearchable);
    }

    /** Whether a keyed hash may find a record somewhere. */
    public boolean isFoundByHash() {
        return where.stream().anyMatch(Where::isFoundByHash);
    }

    /** Whether the reader sees the value as it is somewhere. */
    public boolean isShown() {
        return where.stream().anyMatch(Where::isShown);
    }

    /** Whether the reader sees the value as it is wherever it may stand. */
    public boolean isShownEverywhere() {
        return where.stream().allMatch(each -> each.sight() == Sight.EVERY);
    }

    /** Why it is not shown, for the reader; of several reasons one that is about the field. */
    public String reason() {
        return where.stream()
                .filter(each -> each.sight() != Sight.DENIED && !each.reason().isEmpty())
                .findFirst()
                .orElse(where.getFirst())
                .reason();
    }
}
