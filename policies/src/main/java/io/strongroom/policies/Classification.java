package io.strongroom.policies;

/** How sensitive a field or a record is, least first. */
public enum Classification {
    PUBLIC,
    INTERNAL,
    CONFIDENTIAL,
    RESTRICTED;

    /** The higher of the two (high-water mark). */
    public Classification max(Classification that) {
        return compareTo(that) >= 0 ? this : that;
    }

    /**
     * The class of data made from several sources: the highest of theirs. Of data whose sources are not known, the
     * highest there is.
     */
    public static Classification highWaterMark(Iterable<Classification> sources) {
        Classification highest = null;
        for (Classification source : sources) {
            highest = highest == null ? source : highest.max(source);
        }
        return highest == null ? RESTRICTED : highest;
    }

    /** Whether a field of this class is kept apart, encrypted (formats §4). */
    public boolean isCommitted() {
        return compareTo(CONFIDENTIAL) >= 0;
    }
}
