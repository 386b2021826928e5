package io.strongroom.server.ingest;

import io.strongroom.api.LineStatus;
import io.strongroom.api.Problem;
import io.strongroom.api.ProblemType;
import io.strongroom.evidence.RecordId;
import io.strongroom.evidence.StreamName;
import io.strongroom.server.ledger.AppendOutcome;
import io.strongroom.server.ledger.QueueFullException;
import io.strongroom.server.problem.ProblemException;
import io.strongroom.server.record.Draft;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Takes in what devices say in plain JSON, each message a record, through the same examination as any other. What becomes
 * no record goes to quarantine, so that a bad message is settled, too, and blocks none behind it. For any number of
 * threads.
 */
@Singleton
public final class DeviceMessages {
    private static final int KEY_BYTES = 16;

    private final RecordIntake intake;
    private final InstantSource clock;
    private final SecureRandom random;

    DeviceMessages(RecordIntake intake, InstantSource clock, SecureRandom random) {
        this.intake = intake;
        this.clock = clock;
        this.random = random;
    }

    /**
     * A message.
     *
     * @param duplicate whether the device says that it may have sent it before
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Message(StreamName stream, byte[] payload, boolean duplicate) {}

    /** Examines messages, up to the first that policy puts off. Nothing is stored yet. */
    public Way examine(List<Message> messages, Sender sender) {
        Way way = new Way(sender);
        Examiner examiner = intake.lend();
        try {
            for (Message message : messages) {
                if (!way.examine(examiner, message)) {
                    break;
                }
            }
            return way;
        } finally {
            intake.giveBack(examiner);
        }
    }

    /** Messages on their way. For one thread. */
    public final class Way {
        private final Sender sender;
        private final List<Draft> drafts = new ArrayList<>();
        private final List<byte[]> payloads = new ArrayList<>();
        private final List<IntakeGuard.RefusedLine> refused = new ArrayList<>();
        private final Set<ProblemType> noted = EnumSet.noneOf(ProblemType.class);
        private Optional<Duration> putOff = Optional.empty();
        private int size;
        private boolean committed;

        private Way(Sender sender) {
            this.sender = sender;
        }

        private boolean examine(Examiner examiner, Message message) {
            String device = sender.caller().id();
            switch (TelemetryDocument.read(message.payload(), device, message.stream(), message.duplicate())) {
                case TelemetryDocument.Read.Bad bad -> refuse(bad.problem(), message.payload());
                case TelemetryDocument.Read.Good good -> {
                    String key = good.key().orElseGet(() -> HexFormat.of().formatHex(random(KEY_BYTES)));
                    switch (examiner.single(good.document(), sender, key)) {
                        case Examination.Accepted it -> {
                            drafts.add(it.draft());
                            payloads.add(message.payload());
                        }
                        case Examination.Refused it -> refuse(it.problem(), message.payload());
                        case Examination.Misdirected it ->
                            refuse(
                                    Problem.of(ProblemType.TENANT_MISMATCH, "The message names another tenant."),
                                    message.payload());
                        case Examination.PutOff it -> {
                            putOff = Optional.of(it.retryAfter());
                            return false;
                        }
                    }
                }
            }
            size++;
            return true;
        }

        private void refuse(Problem problem, byte[] payload) {
            ProblemType reason = problem.type().orElse(ProblemType.SCHEMA);
            refused.add(new IntakeGuard.RefusedLine(
                    RecordId.of(clock.millis(), random(RecordId.RANDOM_BYTES)), reason, payload));
            if (IntakeGuard.NOTED.contains(reason) || reason == ProblemType.TENANT_MISMATCH) {
                noted.add(reason);
            }
        }

        /** How many of the messages, from the first, were examined. */
        public int size() {
            return size;
        }

        /** When the message behind them may come again, if policy puts it off. */
        public Optional<Duration> putOff() {
            return putOff;
        }

        /**
         * Settles them: in the ledger or in quarantine, durably, when this returns. If it throws, it may be called again,
         * and what is in the ledger by then is found there.
         *
         * @throws ProblemException if they cannot be taken now
         */
        public void settle() {
            if (!committed) {
                commit();
                committed = true;
            }
            if (!refused.isEmpty()) {
                intake.guard().quarantine(sender, refused);
                noted.forEach(reason -> intake.guard().note(sender, reason, ""));
                refused.forEach(message -> intake.counts().count(LineStatus.QUARANTINED));
                refused.clear();
            }
        }

        private void commit() {
            if (drafts.isEmpty()) {
                return;
            }
            try {
                List<AppendOutcome> outcomes = new ArrayList<>();
                for (CompletableFuture<AppendOutcome> outcome : intake.append(drafts)) {
                    outcomes.add(outcome.get());
                }
                for (int i = 0; i < outcomes.size(); i++) {
                    count(outcomes.get(i), payloads.get(i));
                }
            } catch (QueueFullException e) {
                throw new ProblemException(ProblemType.OVERLOADED, Answers.failure(ProblemType.OVERLOADED))
                        .retryAfter(e.retryAfter());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ProblemException(ProblemType.OVERLOADED, "The appliance is stopping.");
            } catch (ExecutionException e) {
                Throwable cause = e.getCause() == null ? e : e.getCause();
                ProblemType type = Answers.typeOf(cause);
                throw new ProblemException(type, Answers.failure(type).detail(), cause)
                        .retryAfter(Answers.LEDGER_PAUSE);
            }
        }

        private void count(AppendOutcome outcome, byte[] payload) {
            switch (outcome) {
                case AppendOutcome.Appended it -> intake.counts().count(LineStatus.APPENDED);
                case AppendOutcome.Replayed it -> intake.counts().count(LineStatus.REPLAYED);
                case AppendOutcome.Conflict it -> refuse(Answers.conflict(it), payload);
            }
        }
    }

    private byte[] random(int bytes) {
        byte[] drawn = new byte[bytes];
        random.nextBytes(drawn);
        return drawn;
    }
}
