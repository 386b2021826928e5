package io.strongroom.evidence.ledger;

/** How large things may be (formats §3, §5). */
public final class RecordLimits {
    /** A record as received, and as stored without its withheld fields: 64 KiB. */
    public static final int MAX_RECORD_BYTES = 64 * 1024;

    /** Digests of disclosures that one erasure record names. */
    public static final int MAX_ERASED_DIGESTS = 1_000;

    /** The longest leaf data that an entry bundle can hold (C2SP tlog-tiles: a uint16 length). */
    public static final int MAX_LEAF_DATA_BYTES = 0xffff;

    private RecordLimits() {}
}
