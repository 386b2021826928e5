package io.strongroom.server.policy;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.strongroom.api.json.Json;
import io.strongroom.evidence.Rfc3339;
import io.strongroom.server.access.Allow;
import io.strongroom.server.access.AllowPeople;
import io.strongroom.server.access.Scope;
import io.strongroom.server.policy.repository.PolicyRepository;
import java.util.List;

/** {@code /api/v1/policy}: what is in force, and how it came to be. */
@Controller("/api/v1/policy")
@ExecuteOn(TaskExecutors.BLOCKING)
final class PolicyController {
    private static final int MOST = 100;

    private final PolicyInForce inForce;
    private final ActivationTable activations;
    private final PolicyRepository repository;
    private final Drift drift;

    PolicyController(PolicyInForce inForce, ActivationTable activations, PolicyRepository repository, Drift drift) {
        this.inForce = inForce;
        this.activations = activations;
        this.repository = repository;
        this.drift = drift;
    }

    @Get
    @Allow({Scope.READ, Scope.POLICY, Scope.ADMIN})
    @AllowPeople("policy.read")
    @Produces(MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> now() {
        Json.Obj last = activations.last().map(PolicyJson::activation).orElse(null);
        return HttpResponse.ok(Json.object()
                .put("inForce", PolicyJson.bundle(inForce.bundle()))
                .put("activation", last)
                .put("main", repository.main().hex())
                .put("fault", inForce.fault().isEmpty() ? null : inForce.fault())
                .put("drift", drift.detail().isEmpty() ? null : drift.detail())
                .build()
                .bytes());
    }

    /** The bundles that came into force, the newest first. */
    @Get("/activations")
    @Allow({Scope.READ, Scope.POLICY, Scope.ADMIN})
    @AllowPeople("policy.read")
    @Produces(MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> activations() {
        List<Json> items = activations.newest(MOST).stream()
                .<Json>map(PolicyJson::activation)
                .toList();
        return HttpResponse.ok(PolicyJson.items(items));
    }

    /** The commits of main, the newest first. */
    @Get("/history")
    @Allow({Scope.READ, Scope.POLICY, Scope.ADMIN})
    @AllowPeople("policy.read")
    @Produces(MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> history() {
        List<Json> items = repository.history(MOST).stream()
                .<Json>map(commit -> Json.object()
                        .put("commit", commit.id().hex())
                        .put("author", commit.author())
                        .put("at", Rfc3339.format(commit.at()))
                        .put("subject", commit.subject())
                        .build())
                .toList();
        return HttpResponse.ok(PolicyJson.items(items));
    }
}
