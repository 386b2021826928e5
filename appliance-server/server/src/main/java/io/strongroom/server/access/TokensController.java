package io.strongroom.server.access;

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
import io.strongroom.api.ServiceToken;
import io.strongroom.api.TokenRequest;
import io.strongroom.api.json.Json;
import io.strongroom.evidence.Rfc3339;
import io.strongroom.server.problem.JsonBody;
import io.strongroom.server.problem.ProblemException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes, lists and revokes service tokens. */
@Controller("/api/v1/tokens")
@ExecuteOn(TaskExecutors.BLOCKING)
@Allow(Scope.ADMIN)
@AllowPeople(TokensController.MANAGE)
final class TokensController {
    static final String MANAGE = "tokens.manage";

    private static final Set<String> MEMBERS = Set.of("name", "scopes", "sources", "expiresInDays");

    private final ServiceTokens tokens;

    TokensController(ServiceTokens tokens) {
        this.tokens = tokens;
    }

    @Post
    @AllowPeople(value = MANAGE, stepUp = true)
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> make(Caller caller, @Body byte[] body) {
        TokenRequest request = JsonBody.read(body, MEMBERS, TokenRequest::fromJson);
        TokenRules.require(request);
        ServiceTokens.Made made = tokens.make(
                caller,
                request.name(),
                scopes(request),
                request.sources(),
                Duration.ofDays(request.expiresInDays()).toMillis());
        ServiceToken answer = wire(made.stored(), made.text().text());
        return HttpResponse.status(HttpStatus.CREATED).body(answer.toJson().bytes());
    }

    @Get
    @Produces(MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> list() {
        List<Json> items = tokens.list().stream()
                .<Json>map(stored -> wire(stored, null).toJson())
                .toList();
        return HttpResponse.ok(
                Json.object().put("items", new Json.Arr(items)).build().bytes());
    }

    @Delete("/{id}")
    @AllowPeople(value = MANAGE, stepUp = true)
    HttpResponse<?> revoke(Caller caller, @PathVariable String id) {
        if (!tokens.revoke(caller, id)) {
            throw new ProblemException(ProblemType.NOT_FOUND, "No token that counts has this id.");
        }
        return HttpResponse.noContent();
    }

    private static Set<Scope> scopes(TokenRequest request) {
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        request.scopes().forEach(scope -> scopes.add(Scope.valueOf(scope.name())));
        return scopes;
    }

    private static ServiceToken wire(ServiceTokens.Stored stored, @Nullable String text) {
        Set<io.strongroom.api.Scope> scopes = stored.scopes().stream()
                .map(scope -> io.strongroom.api.Scope.valueOf(scope.name()))
                .collect(Collectors.toSet());
        return new ServiceToken(
                stored.id(),
                text,
                stored.name(),
                scopes,
                stored.sources(),
                Rfc3339.format(stored.expiresAt()),
                stored.madeBy());
    }
}
