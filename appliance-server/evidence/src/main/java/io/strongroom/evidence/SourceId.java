package io.strongroom.evidence;

/**
 * A registered name of something that sends records: 1–64 of {@code a-z 0-9 . _ -}. Never free text, because
 * it stays in the tree for ever.
 *
 * @param value the name
 */
public record SourceId(String value) {
    /** The source of the appliance's own records; from outside it is refused. */
    public static final SourceId STRONGROOM = new SourceId("strongroom");

    /**
     * @throws IllegalArgumentException if the name breaks the rule
     */
    public SourceId {
        NameRule.lowerName("a source id", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
