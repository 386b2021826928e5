package io.strongroom.server.gateway;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.strongroom.api.ProblemType;
import io.strongroom.api.json.Json;
import io.strongroom.evidence.Rfc3339;
import io.strongroom.server.access.Allow;
import io.strongroom.server.access.AllowPeople;
import io.strongroom.server.access.Caller;
import io.strongroom.server.access.Scope;
import io.strongroom.server.gateway.AccessRecords.Reading;
import io.strongroom.server.problem.ProblemException;
import java.util.List;
import java.util.Map;

/** Where an officer looks at documents that were not appended. Each look at one is itself recorded. */
@Controller("/api/v1/quarantine")
@ExecuteOn(TaskExecutors.BLOCKING)
@Allow(Scope.ADMIN)
@AllowPeople("quarantine.read")
final class QuarantineController {
    private final Quarantine quarantine;
    private final AccessRecords accesses;

    QuarantineController(Quarantine quarantine, AccessRecords accesses) {
        this.quarantine = quarantine;
        this.accesses = accesses;
    }

    @Get
    @Produces(MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> newest() {
        List<Json> items = quarantine.newest().stream()
                .<Json>map(kept -> Json.object()
                        .put("id", kept.id())
                        .put("receivedAt", Rfc3339.format(kept.receivedAt()))
                        .put("caller", kept.caller())
                        .put("reason", kept.reason())
                        .put("requestId", kept.requestId())
                        .put("bytes", kept.bytes())
                        .build())
                .toList();
        return HttpResponse.ok(
                Json.object().put("items", new Json.Arr(items)).build().bytes());
    }

    /** The document as it came, which may be no JSON at all. */
    @Get("/{id}")
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    HttpResponse<byte[]> document(HttpRequest<?> request, Caller caller, @PathVariable String id) {
        byte[] document = quarantine
                .document(id)
                .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, "Nothing of this id is in quarantine."));
        accesses.read(
                caller,
                RequestFacts.view(request),
                new Reading("Quarantine.Read", "Quarantine", id, Map.of("requestId", RequestFacts.requestId(request))));
        return HttpResponse.ok(document);
    }
}
