package io.strongroom.server.projection;

/**
 * How far the read models have followed the ledger.
 *
 * @param watermark every entry below this seq is in them
 * @param ledgerSize the entries committed
 * @param lagMillis how long the oldest entry that is missing has been in the ledger, in milliseconds; 0 where none is
 * @param rebuilding whether they are being made again, so that a question may find less than there was before
 * @param unprojectable entries whose body is damaged or no record: they are listed by their entry alone
 * @param failing whether the last attempt to go on failed; it is repeated
 */
public record ProjectionStatus(
        long watermark, long ledgerSize, long lagMillis, boolean rebuilding, long unprojectable, boolean failing) {

    /** How many entries are missing. */
    public long lagRecords() {
        return Math.max(0, ledgerSize - watermark);
    }
}
