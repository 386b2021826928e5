package io.strongroom.server.follow;

/**
 * How far read models have followed the ledger.
 *
 * @param cursor every entry below this seq is in them
 * @param ledgerSize the entries committed
 * @param lagMillis how long the oldest entry that is missing has been in the ledger, in milliseconds; 0 where none is
 * @param rebuilding whether they are being made again, so that a question may find less than there was before
 * @param unreadable entries of which nothing, or not all, could be made
 * @param failing whether the last attempt to go on failed; it is repeated
 */
public record FollowerStatus(
        long cursor, long ledgerSize, long lagMillis, boolean rebuilding, long unreadable, boolean failing) {

    /** How many entries are missing. */
    public long lagRecords() {
        return Math.max(0, ledgerSize - cursor);
    }
}
