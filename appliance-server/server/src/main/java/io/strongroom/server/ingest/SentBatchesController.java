package io.strongroom.server.ingest;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.strongroom.api.DeviceBatch;
import io.strongroom.api.ProblemType;
import io.strongroom.api.json.Json;
import io.strongroom.evidence.Rfc3339;
import io.strongroom.evidence.batch.Epoch;
import io.strongroom.server.access.Allow;
import io.strongroom.server.access.AllowPeople;
import io.strongroom.server.access.Scope;
import io.strongroom.server.devices.KnownDevices;
import io.strongroom.server.ingest.DeviceBatchTable.After;
import io.strongroom.server.ingest.DeviceBatchTable.Placed;
import io.strongroom.server.problem.ProblemException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code GET /api/v1/devices/{id}/batches}: what a device sent lately, and how it came. Nothing of a line. */
@Controller("/api/v1/devices/{id}/batches")
@ExecuteOn(TaskExecutors.BLOCKING)
@Allow({Scope.ADMIN, Scope.READ})
@AllowPeople("devices.read")
final class SentBatchesController {
    private static final int PAGE = 100;
    private static final int PARTS = 4;

    private final DeviceBatchTable table;
    private final KnownDevices devices;

    SentBatchesController(DeviceBatchTable table, KnownDevices devices) {
        this.table = table;
        this.devices = devices;
    }

    /** A page, what came last first. */
    @Get
    @Produces(MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> list(HttpRequest<?> request, @PathVariable String id) {
        devices.require(id);
        List<Placed> page = table.page(id, after(request.getParameters().get("after")), PAGE + 1);
        List<Json> items =
                page.stream().limit(PAGE).<Json>map(each -> wire(each).toJson()).toList();
        return HttpResponse.ok(Json.object()
                .put("items", new Json.Arr(items))
                .put("next", page.size() > PAGE ? text(page.get(PAGE - 1).after()) : null)
                .build()
                .bytes());
    }

    private static DeviceBatch wire(Placed placed) {
        DeviceBatchRow batch = placed.batch();
        Transport transport = batch.transport();
        return new DeviceBatch(
                placed.stream(),
                placed.epoch().toString(),
                batch.first(),
                batch.last(),
                batch.digest().toString(),
                Rfc3339.format(batch.receivedAt()),
                transport == null ? null : transport.word(),
                batch.settled(),
                batch.settled() - batch.rejected().size(),
                batch.rejected());
    }

    private static String text(After after) {
        return after.receivedAt() + "~" + after.stream() + "~" + after.epoch() + "~" + after.first();
    }

    private static Optional<After> after(@Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        String[] parts = text.split("~", -1);
        try {
            if (parts.length == PARTS) {
                return Optional.of(new After(
                        Long.parseLong(parts[0]),
                        parts[1],
                        Epoch.ofBytes(HexFormat.of().parseHex(parts[2])),
                        Long.parseLong(parts[3])));
            }
        } catch (IllegalArgumentException e) {
            throw invalid();
        }
        throw invalid();
    }

    private static ProblemException invalid() {
        return new ProblemException(
                ProblemType.INVALID_PARAMETER, "The parameter after is what the page before gave as next.");
    }
}
