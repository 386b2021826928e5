package io.strongroom.server.ingest;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.strongroom.api.ProblemType;
import io.strongroom.evidence.TenantId;
import io.strongroom.evidence.batch.BatchLayout;
import io.strongroom.server.access.AllowDevices;
import io.strongroom.server.access.Caller;
import io.strongroom.server.access.TenantNamed;
import io.strongroom.server.body.BodyCutException;
import io.strongroom.server.body.BodyTooLargeException;
import io.strongroom.server.keys.Installation;
import io.strongroom.server.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;

/** {@code POST /api/v1/device/batches}: one batch of a device, answered once every line of it is settled, durably. */
@Controller("/api/v1/device/batches")
@AllowDevices
@TenantNamed(TenantNamed.Where.BODY)
@ExecuteOn(TaskExecutors.BLOCKING)
final class DeviceBatchController {
    private static final String ROUTE = "POST /api/v1/device/batches";
    static final Set<String> MEDIA_TYPES = Set.of(BatchLayout.MEDIA_TYPE, MediaType.APPLICATION_OCTET_STREAM);

    /** What is somewhat too long is read past, so that the connection serves the next request; more is not. */
    private static final long WORTH_READING_PAST = 8L << 20;

    private final DeviceBatches batches;
    private final TenantId tenant;

    DeviceBatchController(DeviceBatches batches, Installation installation) {
        this.batches = batches;
        this.tenant = installation.tenant();
    }

    @Post
    @Consumes(MediaType.ALL)
    @Produces(MediaType.APPLICATION_JSON)
    byte[] take(HttpRequest<?> request, Caller caller) {
        IntakeRequest head = new IntakeRequest(request, MEDIA_TYPES);
        byte[] frame = frame(head);
        return batches.take(frame, head.sender(tenant, caller, ROUTE), Transport.HTTPS)
                .toJson()
                .bytes();
    }

    /** The batch as it travels. */
    static byte[] frame(IntakeRequest head) {
        if (head.saysMoreThan(WORTH_READING_PAST)) {
            throw tooLarge();
        }
        try (InputStream body = head.body(BatchLayout.MOST_BYTES)) {
            return body.readAllBytes();
        } catch (BodyTooLargeException e) {
            throw tooLarge();
        } catch (BodyCutException e) {
            throw new ProblemException(ProblemType.MALFORMED_BATCH, "The body ended before its end.");
        } catch (IOException e) {
            throw new ProblemException(ProblemType.UNSUPPORTED_ENCODING, "The body does not decode.");
        }
    }

    private static ProblemException tooLarge() {
        return new ProblemException(
                ProblemType.BATCH_TOO_LARGE, "It has more than " + BatchLayout.MOST_BYTES + " bytes.");
    }
}
