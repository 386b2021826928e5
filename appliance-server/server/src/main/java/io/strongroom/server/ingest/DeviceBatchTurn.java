package io.strongroom.server.ingest;

import io.strongroom.api.GapCause;
import io.strongroom.evidence.Digest;
import io.strongroom.evidence.batch.BatchHead;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Whether it is a batch's turn in its stream and epoch (formats §6). Decided by what is known durably, and nothing else. */
sealed interface DeviceBatchTurn {

    /** It is the next one. */
    record Next() implements DeviceBatchTurn {}

    /** It is the next one, and what comes before it is lost, as it says itself. */
    record AfterGap(long first, long last, GapCause cause) implements DeviceBatchTurn {}

    /** It came before, and some of its lines may be in the ledger. */
    record Begun(DeviceBatchRow batch) implements DeviceBatchTurn {}

    /** It came before and was settled: the answer is the same again. */
    record Again(DeviceBatchRow batch) implements DeviceBatchTurn {}

    /** Lines are missing before it. */
    record Early(long expected) implements DeviceBatchTurn {}

    /** Another batch stands where it would, or it follows another than the last. */
    record Conflict(String detail, Digest known) implements DeviceBatchTurn {}

    /**
     * Decides.
     *
     * @param newest the batch of the highest sequence that is known
     * @param sameFirst gives the batch that is known under the same first sequence
     * @param kept whether the batch's signed bytes are kept: it came, though it is so long ago that the table does not know
     * @param gap gives what the batch's first line says is lost
     */
    static DeviceBatchTurn of(
            BatchHead head,
            Digest digest,
            Optional<DeviceBatchRow> newest,
            Supplier<Optional<DeviceBatchRow>> sameFirst,
            BooleanSupplier kept,
            Supplier<Optional<AgentGap>> gap) {
        long expected = newest.map(DeviceBatchRow::next).orElse(0L);
        if (newest.isPresent() && head.first() <= newest.get().last()) {
            DeviceBatchRow known = sameFirst.get().orElse(null);
            if (known == null && kept.getAsBoolean()) {
                return new Again(DeviceBatchRow.of(head, digest, newest.get().receivedAt(), null)
                        .settledTo(head.lines(), List.of()));
            }
            if (known == null) {
                return new Conflict(
                        "Its first sequence lies within another batch.",
                        newest.get().digest());
            }
            if (!known.digest().equals(digest)) {
                return new Conflict("A batch of another digest began with the same sequence.", known.digest());
            }
            // One that is not settled and not the newest was given up by its device, which said so by a gap.
            return known.isSettled() || known.first() != newest.get().first() ? new Again(known) : new Begun(known);
        }
        boolean early = head.first() > expected;
        Optional<AgentGap> said = early
                ? gap.get().filter(lost -> lost.covers(head.epoch().toString(), expected, head.first() - 1))
                : Optional.empty();
        if (early && said.isEmpty()) {
            return new Early(expected);
        }
        Digest before = newest.map(DeviceBatchRow::digest).orElse(Digest.ZERO);
        if (!head.previous().equals(before)) {
            return new Conflict("Its prev is not the digest of the batch before it.", before);
        }
        return said.<DeviceBatchTurn>map(lost -> new AfterGap(expected, head.first() - 1, lost.cause()))
                .orElseGet(Next::new);
    }
}
