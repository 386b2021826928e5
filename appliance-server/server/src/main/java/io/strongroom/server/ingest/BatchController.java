package io.strongroom.server.ingest;

import io.micronaut.core.propagation.PropagatedContext;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.strongroom.api.LineResult;
import io.strongroom.api.ProblemType;
import io.strongroom.evidence.TenantId;
import io.strongroom.server.access.Allow;
import io.strongroom.server.access.Caller;
import io.strongroom.server.access.Scope;
import io.strongroom.server.access.TenantNamed;
import io.strongroom.server.keys.Installation;
import io.strongroom.server.problem.ProblemException;
import java.io.InputStream;
import java.util.Set;

/**
 * {@code POST /api/v1/audit/records:batch}: lines of records, a result for each in input order as its group commits.
 *
 * <p>Over HTTP/2 results flow while the body still comes. Over HTTP/1.1 the answer begins once the body has been read,
 * since many a client there does not read before it has written.
 */
@Controller("/api/v1/audit/records:batch")
@Allow(Scope.INGEST)
@TenantNamed(TenantNamed.Where.BODY)
@ExecuteOn(TaskExecutors.BLOCKING)
public final class BatchController {
    private static final String ROUTE = "POST /api/v1/audit/records:batch";
    private static final MediaType RESULTS = MediaType.of(LineResult.MEDIA_TYPE);
    private static final Set<String> MEDIA_TYPES =
            Set.of(LineResult.MEDIA_TYPE, "application/ndjson", "application/jsonl");

    private final RecordIntake intake;
    private final TenantId tenant;

    public BatchController(RecordIntake intake, Installation installation) {
        this.intake = intake;
        this.tenant = installation.tenant();
    }

    @Post
    @Consumes(MediaType.ALL)
    @Produces(MediaType.ALL)
    public MutableHttpResponse<InputStream> append(HttpRequest<?> request, Caller caller) {
        IntakeRequest head = new IntakeRequest(request, MEDIA_TYPES);
        Sender sender = head.sender(tenant, caller, ROUTE);
        if (head.saysMoreThan(BatchRun.MOST_BYTES)) {
            throw new ProblemException(
                    ProblemType.BATCH_TOO_LARGE,
                    "The header Content-Length says more than " + BatchRun.MOST_BYTES + ".");
        }
        BatchRun batch = new BatchRun(intake, sender);
        InputStream body = head.body(BatchRun.MOST_BYTES);
        if (head.mayAnswerMeanwhile()) {
            Thread.ofVirtual().name("batch-reader").start(PropagatedContext.wrapCurrent(() -> batch.read(body)));
        } else {
            batch.read(body);
        }
        return HttpResponse.<InputStream>ok(new ResultStream(batch)).contentType(RESULTS);
    }
}
