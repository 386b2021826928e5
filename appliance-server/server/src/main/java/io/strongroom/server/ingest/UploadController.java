package io.strongroom.server.ingest;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.strongroom.api.ProblemType;
import io.strongroom.api.StoredObject;
import io.strongroom.server.access.Allow;
import io.strongroom.server.access.Caller;
import io.strongroom.server.access.Scope;
import io.strongroom.server.body.BodyCutException;
import io.strongroom.server.body.BodyTooLargeException;
import io.strongroom.server.body.WholeBody;
import io.strongroom.server.gateway.Quotas;
import io.strongroom.server.problem.ProblemException;
import io.strongroom.server.settings.Settings;
import io.strongroom.server.uploads.UploadedObject;
import io.strongroom.server.uploads.Uploads;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;

/**
 * {@code POST /api/v1/audit/objects}: the bytes of one value that is too large for a record, answered once they are
 * durable with the digest by which a record refers to them. The same bytes have the same answer, however often they come.
 */
@Controller("/api/v1/audit/objects")
@Allow(Scope.INGEST)
@ExecuteOn(TaskExecutors.BLOCKING)
final class UploadController {
    private static final Set<String> MEDIA_TYPES = Set.of(MediaType.APPLICATION_OCTET_STREAM);

    private final Uploads uploads;
    private final Quotas quotas;
    private final long most;

    UploadController(Uploads uploads, Quotas quotas, Settings settings) {
        this.uploads = uploads;
        this.quotas = quotas;
        this.most = settings.mostUploadBytes();
    }

    @Post
    @Consumes(MediaType.ALL)
    @Produces(MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> upload(HttpRequest<?> request, Caller caller) {
        IntakeRequest head = new IntakeRequest(request, MEDIA_TYPES);
        if (head.saysMoreThan(most)) {
            throw tooLarge();
        }
        UploadedObject object = take(head, caller);
        StoredObject answer = new StoredObject(object.digest().toString(), object.bytes());
        return HttpResponse.<byte[]>status(HttpStatus.CREATED)
                .header("Location", "/api/v1/audit/objects/" + answer.digest())
                .body(answer.toJson().bytes());
    }

    private UploadedObject take(IntakeRequest head, Caller caller) {
        try (InputStream body = new ChargedStream(
                new WholeBody(head.body(most), head.saidLength()), bytes -> requireQuota(caller, bytes))) {
            return uploads.take(body);
        } catch (BodyTooLargeException e) {
            throw tooLarge();
        } catch (BodyCutException e) {
            throw new ProblemException(ProblemType.INVALID_PARAMETER, "The body ended before its end.");
        } catch (IOException e) {
            throw new ProblemException(ProblemType.UNSUPPORTED_ENCODING, "The body does not decode.");
        }
    }

    private void requireQuota(Caller caller, long bytes) {
        quotas.takeUpload(caller, bytes).ifPresent(exceeded -> {
            throw new ProblemException(ProblemType.QUOTA_EXCEEDED, exceeded.detail()).retryAfter(exceeded.retryAfter());
        });
    }

    private ProblemException tooLarge() {
        return new ProblemException(ProblemType.OBJECT_TOO_LARGE, "It has more than " + most + " bytes.");
    }
}
