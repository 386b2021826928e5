package io.strongroom.server.ingest;

import io.strongroom.api.BatchAck;
import io.strongroom.api.LineStatus;
import io.strongroom.api.Problem;
import io.strongroom.api.ProblemType;
import io.strongroom.evidence.Rfc3339;
import io.strongroom.evidence.batch.BatchHead;
import io.strongroom.evidence.batch.LineEncoding;
import io.strongroom.evidence.batch.verify.BatchException;
import io.strongroom.evidence.batch.verify.BatchFrame;
import io.strongroom.evidence.batch.verify.BatchKey;
import io.strongroom.evidence.batch.verify.BatchLines;
import io.strongroom.evidence.batch.verify.SignedBatch;
import io.strongroom.server.body.BodyEncoding;
import io.strongroom.server.ledger.AppendOutcome;
import io.strongroom.server.ledger.Checkpoints;
import io.strongroom.server.ledger.QueueFullException;
import io.strongroom.server.ledger.RidingRow;
import io.strongroom.server.problem.ProblemException;
import io.strongroom.server.record.Draft;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Takes in the batches of devices, over whichever transport they come (formats §6). For any number of threads; one batch
 * of a stream is under way at a time, and a few in all.
 *
 * <p>In this order: the signature and every line's digest; whether it is the batch's turn; the lines are examined; what
 * becomes no record goes to quarantine, after a row says that the batch came; all others go to the ledger, and with them,
 * in their transaction, the row that says how far the batch is settled, and its signed bytes; the device is answered.
 * Killed between any two of these, the appliance has promised nothing, and the same batch once more goes on where it
 * stopped: the records of a batch and its row are there together or not at all.
 */
public final class DeviceBatches {
    /** How many batches a device may send without waiting, while little is going on. */
    static final int WINDOW = 8;

    /** How many batches are under way at once. Each needs its decoded lines, and its records, in memory. */
    static final int MOST_AT_ONCE = 16;

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration LATER = Duration.ofSeconds(1);

    private final DeviceBatchTable table;
    private final NewestBatches newestBatches;
    private final DeviceKeys deviceKeys;
    private final BatchArchive archive;
    private final DeviceEvents events;
    private final RecordIntake intake;
    private final Checkpoints checkpoints;
    private final InstantSource clock;

    private final Set<String> streams = ConcurrentHashMap.newKeySet();
    private final Semaphore places = new Semaphore(MOST_AT_ONCE);

    DeviceBatches(
            DeviceBatchTable table,
            DeviceKeys deviceKeys,
            BatchArchive archive,
            DeviceEvents events,
            RecordIntake intake,
            Checkpoints checkpoints,
            InstantSource clock) {
        this.table = table;
        this.newestBatches = new NewestBatches(table);
        this.deviceKeys = deviceKeys;
        this.archive = archive;
        this.events = events;
        this.intake = intake;
        this.checkpoints = checkpoints;
        this.clock = clock;
    }

    /**
     * Takes a batch in. Returns once it is durable, and every line of it settled.
     *
     * @param frame the batch as it travels
     * @param sender the device, as it was where somebody else brings its batch
     * @throws ProblemException if it is not the device's, not in turn, or cannot be taken now
     */
    public BatchAck take(byte[] frame, Sender sender, Transport transport) {
        BatchFrame parts;
        byte[] cose;
        SignedBatch batch;
        try {
            parts = BatchFrame.parse(frame);
            cose = parts.cose();
            batch = SignedBatch.parse(cose);
            requireOwn(batch.head(), sender);
            batch.verify(key(batch));
        } catch (BatchException e) {
            throw refused(e);
        }
        String stream = batch.head().device() + "/" + batch.head().stream();
        if (!streams.add(stream)) {
            throw busy("A batch of this stream is under way; its answer comes first.");
        }
        try {
            return inPlace(sender, batch, cose, parts, transport);
        } finally {
            streams.remove(stream);
        }
    }

    private static void requireOwn(BatchHead head, Sender sender) {
        if (!sender.caller().sources().equals(Set.of(head.device().value()))) {
            throw new ProblemException(
                    ProblemType.SOURCE_NOT_ALLOWED, "The batch names another device than its sender.");
        }
        if (head.stream().isSystem()) {
            throw new ProblemException(ProblemType.RESERVED_STREAM, "The stream " + head.stream() + " is reserved.");
        }
    }

    private BatchKey key(SignedBatch batch) {
        PublicKey key = deviceKeys
                .find(batch.head().device().value(), batch.keyId())
                .orElseThrow(() -> new ProblemException(
                        ProblemType.BATCH_SIGNATURE,
                        "The device was never enrolled with the key that the batch names."));
        return BatchKey.ofSpki(key.getEncoded());
    }

    private static ProblemException refused(BatchException e) {
        ProblemType type =
                switch (e.fault()) {
                    case MALFORMED -> ProblemType.MALFORMED_BATCH;
                    case TOO_LARGE -> ProblemType.BATCH_TOO_LARGE;
                    case SIGNATURE, LINES -> ProblemType.BATCH_SIGNATURE;
                };
        return new ProblemException(type, e.getMessage() + ".");
    }

    private static ProblemException busy(String detail) {
        return new ProblemException(ProblemType.OVERLOADED, detail).retryAfter(LATER);
    }

    private BatchAck inPlace(Sender sender, SignedBatch batch, byte[] cose, BatchFrame parts, Transport transport) {
        try {
            if (!places.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw busy("The appliance has as many batches under way as it takes.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy("The appliance is stopping.");
        }
        try {
            return inTurn(sender, batch, cose, new Lines(lines(batch, parts), transport));
        } finally {
            places.release();
        }
    }

    private static BatchLines lines(SignedBatch batch, BatchFrame parts) {
        BodyEncoding encoding = batch.head().encoding() == LineEncoding.ZSTD ? BodyEncoding.ZSTD : BodyEncoding.NONE;
        try (InputStream decoded = encoding.decode(parts.encodedLines())) {
            return BatchLines.read(batch, decoded);
        } catch (BatchException e) {
            throw refused(e);
        } catch (IOException e) {
            throw new ProblemException(ProblemType.MALFORMED_BATCH, "The lines do not decode.");
        }
    }

    /** What a batch holds, and how it came now. */
    private record Lines(BatchLines all, Transport transport) {}

    private BatchAck inTurn(Sender sender, SignedBatch batch, byte[] cose, Lines lines) {
        BatchHead head = batch.head();
        Optional<DeviceBatchRow> newest = newestBatches.of(head);
        DeviceBatchTurn turn = DeviceBatchTurn.of(
                head,
                batch.digest(),
                newest,
                () -> table.sameFirst(head),
                () -> archive.has(batch.digest()),
                () -> gap(lines));
        return switch (turn) {
            case DeviceBatchTurn.Again again ->
                ack(head, again.batch(), newest.map(DeviceBatchRow::next).orElse(0L) - 1);
            case DeviceBatchTurn.Begun begun -> settle(sender, head, begun.batch(), cose, lines);
            case DeviceBatchTurn.Next next -> begin(sender, batch, cose, lines, newest.isEmpty());
            case DeviceBatchTurn.AfterGap lost -> {
                events.gap(head, batch.digest(), lost);
                yield begin(sender, batch, cose, lines, newest.isEmpty());
            }
            case DeviceBatchTurn.Early early -> throw early(head, early.expected());
            case DeviceBatchTurn.Conflict conflict -> {
                events.conflict(head, batch.digest(), conflict);
                throw new ProblemException(ProblemType.BATCH_CONFLICT, conflict.detail());
            }
        };
    }

    private static ProblemException early(BatchHead head, long expected) {
        Problem problem = Problem.of(
                        ProblemType.BATCH_OUT_OF_ORDER,
                        "The batch begins with " + head.first() + ", and " + expected + " comes first.")
                .with("expected", expected)
                .with("epoch", head.epoch().toString());
        return new ProblemException(ProblemType.BATCH_OUT_OF_ORDER, problem);
    }

    /** What the first line says is lost. */
    private static Optional<AgentGap> gap(Lines lines) {
        BatchLines all = lines.all();
        int from = all.offset(0);
        return AgentGap.of(Arrays.copyOfRange(all.buffer(), from, from + all.length(0)));
    }

    private BatchAck begin(Sender sender, SignedBatch batch, byte[] cose, Lines lines, boolean firstOfEpoch) {
        BatchHead head = batch.head();
        archive.requireRoom();
        if (firstOfEpoch && table.knowsAnotherEpoch(head)) {
            Optional<AgentGap> why =
                    gap(lines).filter(said -> said.isBefore(head.epoch().toString()));
            events.newEpoch(head, batch.digest(), why.map(AgentGap::cause));
        }
        return settle(
                sender, head, DeviceBatchRow.of(head, batch.digest(), clock.millis(), lines.transport()), cose, lines);
    }

    private BatchAck settle(Sender sender, BatchHead head, DeviceBatchRow batch, byte[] cose, Lines lines) {
        SettledLines way = new SettledLines(lines.all(), batch, sender, lines.transport() == Transport.IMPORT);
        examine(way, head);
        if (way.hasRefused()) {
            // The references in quarantine are made of the time at which the batch came first: it must stay known.
            write(head, batch, cose);
            way.setAside(intake.guard(), intake.counts());
        }
        if (way.hasMoved()) {
            DeviceBatchRow settled = commit(way, head, cose);
            newestBatches.written(head, settled);
            archive.written();
        }
        if (way.putOff().isPresent()) {
            Examination.PutOff putOff = way.putOff().get();
            throw new ProblemException(ProblemType.QUOTA_EXCEEDED, putOff.problem()).retryAfter(putOff.retryAfter());
        }
        return ack(head, way.settled(), batch.last());
    }

    /** Returns once the records, and what is known of the batch, are durable. */
    private DeviceBatchRow commit(SettledLines way, BatchHead head, byte[] cose) {
        DeviceBatchRow settled = way.settled();
        if (way.drafts().isEmpty()) {
            write(head, settled, cose);
        } else {
            // Not known from here on: whatever fails, the rows may be there.
            newestBatches.forget(head);
            append(way.drafts(), rows(head, settled, cose));
        }
        return settled;
    }

    private List<RidingRow> rows(BatchHead head, DeviceBatchRow batch, byte[] cose) {
        return List.of(table.row(head, batch), archive.row(batch.digest(), cose));
    }

    private void write(BatchHead head, DeviceBatchRow batch, byte[] cose) {
        newestBatches.forget(head);
        table.write(rows(head, batch, cose));
    }

    private void examine(SettledLines way, BatchHead head) {
        Examiner examiner = intake.lend();
        try {
            way.examine(examiner, head.stream().value());
        } finally {
            intake.giveBack(examiner);
        }
    }

    /** They have no keys, so each becomes a record, once; the stream is nobody else's until that is known. */
    private void append(List<Draft> drafts, List<RidingRow> rows) {
        boolean interrupted = false;
        try {
            for (CompletableFuture<AppendOutcome> outcome : intake.append(drafts, rows)) {
                interrupted |= await(outcome);
                intake.counts().count(LineStatus.APPENDED);
            }
        } catch (QueueFullException e) {
            throw new ProblemException(ProblemType.OVERLOADED, Answers.failure(ProblemType.OVERLOADED))
                    .retryAfter(e.retryAfter());
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            ProblemType type = Answers.typeOf(cause);
            throw new ProblemException(type, Answers.failure(type).detail(), cause).retryAfter(Answers.LEDGER_PAUSE);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** @return whether the thread was interrupted meanwhile: whoever gave up waiting might let the batch in twice */
    private static boolean await(CompletableFuture<AppendOutcome> outcome) throws ExecutionException {
        boolean interrupted = false;
        while (true) {
            try {
                outcome.get();
                return interrupted;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
    }

    private BatchAck ack(BatchHead head, DeviceBatchRow batch, long durableThrough) {
        return new BatchAck(
                head.stream().value(),
                head.epoch().toString(),
                durableThrough,
                batch.rejected(),
                window(),
                Rfc3339.format(clock.millis()),
                new String(checkpoints.newest().note(), StandardCharsets.UTF_8));
    }

    /** Smaller the more is under way; the batch that is answered does not count. */
    private int window() {
        return Math.max(1, WINDOW * (places.availablePermits() + 1) / MOST_AT_ONCE);
    }
}
