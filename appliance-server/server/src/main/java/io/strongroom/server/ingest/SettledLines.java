package io.strongroom.server.ingest;

import io.strongroom.api.BatchAck.Rejected;
import io.strongroom.api.LineStatus;
import io.strongroom.api.Problem;
import io.strongroom.api.ProblemType;
import io.strongroom.evidence.Digest;
import io.strongroom.evidence.RecordId;
import io.strongroom.evidence.batch.verify.BatchLines;
import io.strongroom.server.record.Draft;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The lines of a device batch on their way: what can become a record goes to the ledger, all of it at once, the rest to
 * quarantine. Lines that policy puts off end the way before them.
 */
final class SettledLines {
    private final BatchLines lines;
    private final DeviceBatchRow batch;
    private final Sender sender;
    private final boolean afterRevocation;

    private final List<Draft> drafts = new ArrayList<>();
    private final List<Rejected> rejected = new ArrayList<>();
    private final List<IntakeGuard.RefusedLine> refused = new ArrayList<>();
    private final Set<ProblemType> noted = EnumSet.noneOf(ProblemType.class);
    private Optional<Examination.PutOff> putOff = Optional.empty();
    private int through;

    /** @param afterRevocation whether the device was let in no more when they came */
    SettledLines(BatchLines lines, DeviceBatchRow batch, Sender sender, boolean afterRevocation) {
        this.afterRevocation = afterRevocation;
        this.lines = lines;
        this.batch = batch;
        this.sender = sender;
        this.through = batch.settled();
    }

    /** Examines the lines that are not settled yet. */
    void examine(Examiner examiner, String stream) {
        for (; through < lines.size(); through++) {
            DevicePlace place = new DevicePlace(batch.digest(), stream, through, afterRevocation);
            int offset = lines.offset(through);
            switch (examiner.deviceLine(lines.buffer(), offset, lines.length(through), sender, place)) {
                case Examination.Accepted accepted -> drafts.add(accepted.draft());
                case Examination.Refused it -> refuse(through, it.problem());
                case Examination.Misdirected it ->
                    refuse(through, Problem.of(ProblemType.TENANT_MISMATCH, "The line names another tenant."));
                case Examination.PutOff it -> {
                    putOff = Optional.of(it);
                    return;
                }
            }
        }
    }

    private void refuse(int line, Problem problem) {
        ProblemType reason = problem.type().orElse(ProblemType.SCHEMA);
        rejected.add(new Rejected(batch.first() + line, reason.code()));
        int from = lines.offset(line);
        refused.add(new IntakeGuard.RefusedLine(
                quarantineId(line), reason, Arrays.copyOfRange(lines.buffer(), from, from + lines.length(line))));
        if (IntakeGuard.NOTED.contains(reason) || reason == ProblemType.TENANT_MISMATCH) {
            noted.add(reason);
        }
    }

    /** The same each time that the batch comes. */
    private RecordId quarantineId(int line) {
        MessageDigest sha256 = Digest.sha256();
        sha256.update(batch.digest().bytes());
        sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(line).array());
        return RecordId.of(batch.receivedAt(), Arrays.copyOf(sha256.digest(), RecordId.RANDOM_BYTES));
    }

    List<Draft> drafts() {
        return drafts;
    }

    /** Whether there is something to set aside. */
    boolean hasRefused() {
        return !refused.isEmpty();
    }

    /** Sets aside what became no record. Durable when this returns. */
    void setAside(IntakeGuard guard, IntakeCounts counts) {
        if (refused.isEmpty()) {
            return;
        }
        guard.quarantine(sender, refused);
        for (ProblemType reason : noted) {
            guard.note(sender, reason, "");
        }
        refused.forEach(line -> counts.count(LineStatus.QUARANTINED));
        refused.clear();
        noted.clear();
    }

    /** Whether there is anything more to say of the batch than was known. */
    boolean hasMoved() {
        return through > batch.settled();
    }

    /** The batch with the lines that are settled once what is drafted is in the ledger, and the rest set aside. */
    DeviceBatchRow settled() {
        rejected.sort((one, other) -> Long.compare(one.seq(), other.seq()));
        return batch.settledTo(through, rejected);
    }

    /** Why no more of its lines are settled, if there are more. */
    Optional<Examination.PutOff> putOff() {
        return putOff;
    }
}
