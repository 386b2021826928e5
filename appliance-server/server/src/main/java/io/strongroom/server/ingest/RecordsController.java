package io.strongroom.server.ingest;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.strongroom.api.Appended;
import io.strongroom.api.LineStatus;
import io.strongroom.api.ProblemType;
import io.strongroom.evidence.TenantId;
import io.strongroom.evidence.ledger.RecordLimits;
import io.strongroom.server.access.Allow;
import io.strongroom.server.access.Caller;
import io.strongroom.server.access.Scope;
import io.strongroom.server.access.TenantNamed;
import io.strongroom.server.body.BodyCutException;
import io.strongroom.server.body.BodyTooLargeException;
import io.strongroom.server.gateway.RequestFacts;
import io.strongroom.server.keys.Installation;
import io.strongroom.server.ledger.AppendOutcome;
import io.strongroom.server.ledger.LedgerClosedException;
import io.strongroom.server.ledger.QueueFullException;
import io.strongroom.server.problem.ProblemException;
import io.strongroom.server.record.Draft;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** {@code POST /api/v1/audit/records}: one record, answered once it is committed. */
@Controller("/api/v1/audit/records")
@Allow(Scope.INGEST)
@TenantNamed(TenantNamed.Where.BODY)
@ExecuteOn(TaskExecutors.BLOCKING)
public final class RecordsController {
    private static final String ROUTE = "POST /api/v1/audit/records";
    private static final Set<String> MEDIA_TYPES = Set.of(MediaType.APPLICATION_JSON);
    /** What is somewhat too long is read past, so that the connection serves the next request; more is not. */
    private static final long WORTH_READING_PAST = 1L << 20;

    private static final String REPLAYED = "Idempotent-Replayed";

    private final RecordIntake intake;
    private final TenantId tenant;

    public RecordsController(RecordIntake intake, Installation installation) {
        this.intake = intake;
        this.tenant = installation.tenant();
    }

    @Post
    @Consumes(MediaType.ALL)
    public CompletableFuture<HttpResponse<String>> append(HttpRequest<?> request, Caller caller) {
        // No thread waits while the group commits.
        return counting(() -> take(request, caller)
                .handleAsync(
                        (outcome, failure) -> counting(() -> failure == null ? counted(outcome) : failed(failure)),
                        RequestFacts.connection(request)));
    }

    private <T> T counting(Supplier<T> work) {
        try {
            return work.get();
        } catch (ProblemException e) {
            intake.counts().count(e.type());
            throw e;
        }
    }

    private HttpResponse<String> counted(AppendOutcome outcome) {
        HttpResponse<String> answer = answer(outcome);
        intake.counts().count(outcome instanceof AppendOutcome.Replayed ? LineStatus.REPLAYED : LineStatus.APPENDED);
        return answer;
    }

    private CompletableFuture<AppendOutcome> take(HttpRequest<?> request, Caller caller) {
        IntakeRequest head = new IntakeRequest(request, MEDIA_TYPES);
        Sender sender = head.sender(tenant, caller, ROUTE);
        String key = head.key();
        byte[] document = document(head);
        return switch (examine(document, sender, key)) {
            case Examination.Refused refused ->
                throw new ProblemException(refused.problem().type().orElse(ProblemType.SCHEMA), refused.problem());
            case Examination.PutOff putOff ->
                throw new ProblemException(ProblemType.QUOTA_EXCEEDED, putOff.problem())
                        .retryAfter(putOff.retryAfter());
            case Examination.Misdirected misdirected -> throw quarantined(sender, misdirected.document());
            case Examination.Accepted accepted -> append(accepted.draft());
        };
    }

    private static byte[] document(IntakeRequest head) {
        int limit = RecordLimits.MAX_RECORD_BYTES;
        if (head.saysMoreThan(WORTH_READING_PAST)) {
            throw tooLarge();
        }
        try (InputStream body = head.body(limit)) {
            return body.readAllBytes();
        } catch (BodyTooLargeException e) {
            throw tooLarge();
        } catch (BodyCutException e) {
            throw new ProblemException(ProblemType.MALFORMED_JSON, "The body ended before its end.");
        } catch (IOException e) {
            throw new ProblemException(ProblemType.UNSUPPORTED_ENCODING, "The body does not decode.");
        }
    }

    private static ProblemException tooLarge() {
        return new ProblemException(ProblemType.RECORD_TOO_LARGE, "It has more than 65536 bytes.");
    }

    private Examination examine(byte[] document, Sender sender, String key) {
        Examiner examiner = intake.lend();
        try {
            return examiner.single(document, sender, key);
        } finally {
            intake.giveBack(examiner);
        }
    }

    private ProblemException quarantined(Sender sender, byte[] document) {
        return new ProblemException(
                ProblemType.TENANT_MISMATCH, Answers.quarantined(intake.guard().quarantine(sender, document)));
    }

    private CompletableFuture<AppendOutcome> append(Draft draft) {
        try {
            return intake.append(List.of(draft)).getFirst();
        } catch (QueueFullException e) {
            throw new ProblemException(ProblemType.OVERLOADED, Answers.failure(ProblemType.OVERLOADED))
                    .retryAfter(e.retryAfter());
        } catch (LedgerClosedException e) {
            throw problem(e);
        }
    }

    private static HttpResponse<String> failed(Throwable failure) {
        throw problem(failure);
    }

    /** What the sender is told of a record that came to no outcome. */
    static ProblemException problem(Throwable failure) {
        ProblemType type = Answers.typeOf(failure);
        return new ProblemException(type, Answers.failure(type), failure).retryAfter(Answers.LEDGER_PAUSE);
    }

    private static HttpResponse<String> answer(AppendOutcome outcome) {
        return switch (outcome) {
            case AppendOutcome.Appended it ->
                json(HttpResponse.status(HttpStatus.CREATED), Answers.appended(it.receipt(), false));
            case AppendOutcome.Replayed it ->
                json(HttpResponse.<String>ok().header(REPLAYED, "true"), Answers.appended(it.receipt(), true));
            case AppendOutcome.Conflict it ->
                throw new ProblemException(ProblemType.IDEMPOTENCY_CONFLICT, Answers.conflict(it));
        };
    }

    private static HttpResponse<String> json(MutableHttpResponse<String> response, Appended appended) {
        return response.contentType(MediaType.APPLICATION_JSON_TYPE)
                .body(appended.toJson().toString());
    }
}
