package io.strongroom.server.trust;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.strongroom.api.json.Json;
import io.strongroom.evidence.Rfc3339;
import io.strongroom.server.access.Allow;
import io.strongroom.server.access.AllowPeople;
import io.strongroom.server.access.Caller;
import io.strongroom.server.access.Scope;
import io.strongroom.server.access.TenantNamed;
import io.strongroom.server.keys.LocalKeys;
import io.strongroom.server.keys.SigningKeys.PublishedKey;
import io.strongroom.server.keys.TrustCard;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** The public keys: as a list for programs, as the trust file that a verifier takes; and their rotation. */
@Controller("/api/v1/ledger")
@ExecuteOn(TaskExecutors.BLOCKING)
@Allow
@TenantNamed(TenantNamed.Where.NOWHERE)
final class KeysController {
    private final LocalKeys keys;
    private final KeyRotation rotation;

    KeysController(LocalKeys keys, KeyRotation rotation) {
        this.keys = keys;
        this.rotation = rotation;
    }

    @Get("/keys")
    @Produces(MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> keys() {
        List<Json> items =
                keys.published().stream().<Json>map(KeysController::wire).toList();
        return HttpResponse.ok(Json.object()
                .put("origin", keys.origin().value())
                .put("keys", new Json.Arr(items))
                .build()
                .bytes());
    }

    @Get("/trust")
    @Produces(MediaType.TEXT_PLAIN)
    HttpResponse<String> trust() {
        return HttpResponse.ok(TrustCard.of(keys).render());
    }

    @Post("/keys/rotate")
    @Allow(Scope.ADMIN)
    @AllowPeople(value = "keys.manage", stepUp = true)
    @TenantNamed(TenantNamed.Where.HEADER)
    @Produces(MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> rotate(Caller caller) {
        rotation.rotate(caller.type(), caller.id());
        return keys();
    }

    private static Json.Obj wire(PublishedKey key) {
        Long until = key.until();
        return Json.object()
                .put("signs", key.signs().name().toLowerCase(Locale.ROOT))
                .put("generation", key.generation())
                .put("algorithm", key.key().algorithm().label())
                .put("id", key.key().id().toString())
                .put("vkey", key.vkey())
                .put("spki", Base64.getEncoder().encodeToString(key.key().spki()))
                .put("from", Rfc3339.format(key.from()))
                .put("until", until == null ? null : Rfc3339.format(until))
                .build();
    }
}
