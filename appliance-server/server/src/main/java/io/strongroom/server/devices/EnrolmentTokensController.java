package io.strongroom.server.devices;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.strongroom.api.ProblemType;
import io.strongroom.api.json.Json;
import io.strongroom.api.json.JsonShapeException;
import io.strongroom.evidence.Rfc3339;
import io.strongroom.server.access.Allow;
import io.strongroom.server.access.AllowPeople;
import io.strongroom.server.access.Caller;
import io.strongroom.server.access.Scope;
import io.strongroom.server.problem.JsonBody;
import io.strongroom.server.problem.ProblemException;
import java.time.Duration;
import java.util.Set;

/** Makes, lists and revokes the tokens by which devices are enrolled. */
@Controller("/api/v1/devices/tokens")
@ExecuteOn(TaskExecutors.BLOCKING)
@Allow(Scope.ADMIN)
@AllowPeople(DeviceOperations.MANAGE)
final class EnrolmentTokensController {
    private static final Set<String> MEMBERS = Set.of("label", "group", "minutes");

    private final EnrolmentTokens tokens;

    EnrolmentTokensController(EnrolmentTokens tokens) {
        this.tokens = tokens;
    }

    private record Asked(String label, String group, Duration life) {
        private static Asked fromJson(Json.Obj json) {
            String label = json.text("label");
            if (label.isBlank() || label.length() > 100 || label.codePoints().anyMatch(Character::isISOControl)) {
                throw new JsonShapeException("label", "1 to 100 characters, none of them a control character");
            }
            long most = EnrolmentTokens.MOST.toMinutes();
            long minutes = json.optionalInteger("minutes").orElse(most);
            if (minutes < 1 || minutes > most) {
                throw new JsonShapeException("minutes", "a number from 1 to " + most);
            }
            String group = json.optionalText("group");
            return new Asked(label, group == null ? DeviceGroup.DEFAULT : group, Duration.ofMinutes(minutes));
        }
    }

    @Post
    @AllowPeople(value = DeviceOperations.MANAGE, stepUp = true)
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> make(Caller caller, @Body byte[] body) {
        Asked asked = JsonBody.read(body, MEMBERS, Asked::fromJson);
        EnrolmentTokens.Made made = tokens.make(caller, asked.label(), asked.group(), asked.life());
        return HttpResponse.status(HttpStatus.CREATED)
                .body(wire(made.token())
                        .put("code", made.code().text())
                        .put("authority", made.code().authority().toString())
                        .build()
                        .bytes());
    }

    @Get
    @Produces(MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> list() {
        return HttpResponse.ok(Json.object()
                .put(
                        "items",
                        new Json.Arr(tokens.list().stream()
                                .<Json>map(token -> wire(token).build())
                                .toList()))
                .build()
                .bytes());
    }

    @Delete("/{id}")
    HttpResponse<?> revoke(Caller caller, @PathVariable String id) {
        if (!tokens.revoke(caller, id)) {
            throw new ProblemException(ProblemType.NOT_FOUND, "No token that could still be used has this id.");
        }
        return HttpResponse.noContent();
    }

    private static Json.Builder wire(EnrolmentToken token) {
        Long used = token.usedAt();
        Long revoked = token.revokedAt();
        return Json.object()
                .put("id", token.id())
                .put("label", token.label())
                .put("group", token.group())
                .put("madeBy", token.madeBy())
                .put("madeAt", Rfc3339.format(token.madeAt()))
                .put("expiresAt", Rfc3339.format(token.expiresAt()))
                .put("usedAt", used == null ? null : Rfc3339.format(used))
                .put("revokedAt", revoked == null ? null : Rfc3339.format(revoked))
                .put("device", token.device());
    }
}
