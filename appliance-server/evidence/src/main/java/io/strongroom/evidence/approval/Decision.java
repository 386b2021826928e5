package io.strongroom.evidence.approval;

/** What an officer decided. */
public enum Decision {
    APPROVE("approve"),
    REJECT("reject");

    private final String wire;

    Decision(String wire) {
        this.wire = wire;
    }

    /** The word in the statement. */
    public String wire() {
        return wire;
    }

    /**
     * The decision of this word.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Decision ofWire(String word) {
        for (Decision decision : values()) {
            if (decision.wire.equals(word)) {
                return decision;
            }
        }
        throw new IllegalArgumentException("a decision is approve or reject");
    }
}
