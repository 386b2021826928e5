package io.strongroom.evidence.ledger;

/** The members of an entry, in their order (formats, section 5). */
public enum EntryMember {
    AT("at", EntryLayout.AT, Kind.TIME),
    ID("id", EntryLayout.ID, Kind.ID),
    POLICY("policy", EntryLayout.POLICY, Kind.DIGEST),
    PREV("prev", EntryLayout.PREV, Kind.DIGEST),
    RECORD("record", EntryLayout.RECORD, Kind.DIGEST),
    RETAIN("retain", EntryLayout.RETAIN, Kind.NAME),
    SEQ("seq", EntryLayout.SEQ, Kind.NUMBER),
    SOURCE("source", EntryLayout.SOURCE, Kind.NAME),
    SOURCE_SEQ("sourceSeq", EntryLayout.SOURCE_SEQ, Kind.NUMBER),
    STREAM("stream", EntryLayout.STREAM_AFTER_SOURCE, Kind.NAME);

    /** What stands in a member. */
    enum Kind {
        TIME,
        ID,
        DIGEST,
        NAME,
        NUMBER
    }

    private final String json;
    private final byte[] before;
    private final Kind kind;

    EntryMember(String json, byte[] before, Kind kind) {
        this.json = json;
        this.before = before;
        this.kind = kind;
    }

    /** What stands before the value. */
    byte[] before() {
        return before;
    }

    Kind kind() {
        return kind;
    }

    /** Its name in the entry. */
    @Override
    public String toString() {
        return json;
    }
}
