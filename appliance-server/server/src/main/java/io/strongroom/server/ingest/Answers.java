package io.strongroom.server.ingest;

import io.strongroom.api.Appended;
import io.strongroom.api.FieldError;
import io.strongroom.api.Problem;
import io.strongroom.api.ProblemType;
import io.strongroom.server.database.DatabaseException;
import io.strongroom.server.keys.KeyUnavailableException;
import io.strongroom.server.ledger.AppendOutcome;
import io.strongroom.server.ledger.LedgerClosedException;
import io.strongroom.server.ledger.QueueFullException;
import io.strongroom.server.ledger.Receipt;
import io.strongroom.server.problem.ProblemException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;

/** What callers are told, the same for a single record and a line of a batch. */
final class Answers {
    /** When to come again while the ledger is stopped. */
    static final Duration LEDGER_PAUSE = Duration.ofSeconds(5);

    private Answers() {}

    static Appended appended(Receipt receipt, boolean replayed) {
        return new Appended(
                receipt.recordId().toString(),
                receipt.seq(),
                receipt.recordDigest().toString(),
                replayed);
    }

    /** The two MACs tell the caller that the documents differ, and nobody what either holds (formats §3). */
    static Problem conflict(AppendOutcome.Conflict conflict) {
        HexFormat hex = HexFormat.of();
        return Problem.of(
                        ProblemType.IDEMPOTENCY_CONFLICT,
                        "The key belongs to record " + conflict.first().recordId() + ", made of another document.")
                .with("firstRecordId", conflict.first().recordId().toString())
                .with("firstMac", "hmac-sha256:" + hex.formatHex(conflict.firstMac()))
                .with("thisMac", "hmac-sha256:" + hex.formatHex(conflict.thisMac()));
    }

    static Problem quarantined(String evidenceRef) {
        return Problem.of(
                        ProblemType.TENANT_MISMATCH, "The member tenantId names another tenant than this appliance's.")
                .withErrors(List.of(new FieldError("/tenantId", "is not the tenant that the sender belongs to")))
                .with("evidenceRef", evidenceRef);
    }

    /** What went wrong on our side, told without anything of the document. */
    static ProblemType typeOf(Throwable failure) {
        return switch (failure) {
            case LedgerClosedException closed -> typeOf(closed.reason());
            case QueueFullException full -> ProblemType.OVERLOADED;
            case KeyUnavailableException gone -> ProblemType.KEY_UNAVAILABLE;
            case DatabaseException database -> ProblemType.STORAGE_UNAVAILABLE;
            case ProblemException problem -> problem.type();
            default -> ProblemType.INTERNAL;
        };
    }

    private static ProblemType typeOf(LedgerClosedException.Reason reason) {
        return switch (reason) {
            case CLOCK_JUMP -> ProblemType.CLOCK_JUMP;
            case STOPPED -> ProblemType.LEDGER_UNAVAILABLE;
        };
    }

    static Problem failure(ProblemType type) {
        String detail =
                switch (type) {
                    case OVERLOADED -> "The queue before the ledger is full.";
                    case CLOCK_JUMP -> "The clock has jumped, and an operator has yet to confirm it.";
                    case LEDGER_UNAVAILABLE ->
                        "The ledger has stopped. Whether this record is in it, a repetition under the same key tells.";
                    case KEY_UNAVAILABLE -> "A key that encrypts withheld fields is not available.";
                    case STORAGE_UNAVAILABLE -> "The database does not answer.";
                    case POLICY_UNAVAILABLE ->
                        "The bundle that was activated is missing, cannot be verified, or cannot be read by this release.";
                    default -> "The record could not be taken. Nothing of it was stored.";
                };
        return Problem.of(type, detail);
    }

    /** Whole seconds for {@code Retry-After}, at least one. */
    static long seconds(Duration wait) {
        return Math.max(1, wait.plusMillis(999).toSeconds());
    }
}
