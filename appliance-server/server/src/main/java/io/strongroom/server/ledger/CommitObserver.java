package io.strongroom.server.ledger;

/** Hears of each group that is on disk, on the sequencer's thread: it must not wait. */
@FunctionalInterface
interface CommitObserver {
    /** @param nanos how long the commit took, failed attempts not counted */
    void committed(Group group, long nanos);
}
