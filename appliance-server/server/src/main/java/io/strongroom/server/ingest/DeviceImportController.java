package io.strongroom.server.ingest;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.strongroom.api.ProblemType;
import io.strongroom.evidence.TenantId;
import io.strongroom.evidence.batch.BatchHead;
import io.strongroom.evidence.batch.verify.BatchException;
import io.strongroom.evidence.batch.verify.BatchFrame;
import io.strongroom.evidence.batch.verify.SignedBatch;
import io.strongroom.server.access.Allow;
import io.strongroom.server.access.AllowPeople;
import io.strongroom.server.access.Caller;
import io.strongroom.server.access.Scope;
import io.strongroom.server.devices.RevokedDevices;
import io.strongroom.server.keys.Installation;
import io.strongroom.server.problem.ProblemException;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code POST /api/v1/devices/{id}/import}: an officer brings a batch that a revoked device had signed and not sent. */
@Controller("/api/v1/devices/{id}/import")
@ExecuteOn(TaskExecutors.BLOCKING)
@Allow(Scope.ADMIN)
@AllowPeople(value = "devices.manage", stepUp = true)
final class DeviceImportController {
    private static final String ROUTE = "POST /api/v1/devices/{id}/import";

    private final DeviceBatches batches;
    private final RevokedDevices devices;
    private final TenantId tenant;

    DeviceImportController(DeviceBatches batches, RevokedDevices devices, Installation installation) {
        this.batches = batches;
        this.devices = devices;
        this.tenant = installation.tenant();
    }

    @Post
    @Consumes(MediaType.ALL)
    @Produces(MediaType.APPLICATION_JSON)
    byte[] take(HttpRequest<?> request, Caller officer, @PathVariable String id) {
        IntakeRequest head = new IntakeRequest(request, DeviceBatchController.MEDIA_TYPES);
        byte[] frame = DeviceBatchController.frame(head);
        Caller device = sender(id, frame, officer);
        return batches.take(frame, head.sender(tenant, device, ROUTE), Transport.IMPORT)
                .toJson()
                .bytes();
    }

    /** What cannot be recorded is not taken in. */
    private Caller sender(String id, byte[] frame, Caller officer) {
        SignedBatch batch;
        try {
            batch = SignedBatch.parse(BatchFrame.parse(frame).cose());
        } catch (BatchException e) {
            throw new ProblemException(ProblemType.MALFORMED_BATCH, e.getMessage() + ".");
        }
        BatchHead head = batch.head();
        Caller device = devices.sender(id, batch.keyId(), TimeUnit.SECONDS.toMillis(head.sentAt()));
        devices.recordImport(
                officer,
                id,
                Map.of(
                        "batch", batch.digest().toString(),
                        "stream", head.stream().value(),
                        "epoch", head.epoch().toString(),
                        "first", head.first(),
                        "last", head.last()));
        return device;
    }
}
