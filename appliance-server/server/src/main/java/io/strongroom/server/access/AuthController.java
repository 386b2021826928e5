package io.strongroom.server.access;

import io.micronaut.http.HttpRequest;
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
import io.strongroom.api.SignInRequest;
import io.strongroom.api.json.Json;
import io.strongroom.server.problem.JsonBody;
import io.strongroom.server.problem.ProblemException;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/** A person's own sessions: in, on, up, out. */
@Controller("/api/v1/auth")
@ExecuteOn(TaskExecutors.BLOCKING)
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
final class AuthController {
    private final SignIns signIns;
    private final Sessions sessions;
    private final Permissions permissions;
    private final InstantSource clock;

    AuthController(SignIns signIns, Sessions sessions, Permissions permissions, InstantSource clock) {
        this.permissions = permissions;
        this.signIns = signIns;
        this.sessions = sessions;
        this.clock = clock;
    }

    @Post("/sign-in")
    @AllowAnyone
    HttpResponse<byte[]> signIn(HttpRequest<?> request, @Body byte[] body) {
        SignInRequest asked = JsonBody.read(body, Set.of("officer", "password", "code"), SignInRequest::fromJson);
        return given(signIns.signIn(asked, request.getRemoteAddress()));
    }

    @Post("/refresh")
    @AllowAnyone
    HttpResponse<byte[]> refresh(@Body byte[] body) {
        String token = JsonBody.read(body, Set.of("refreshToken"), json -> json.text("refreshToken"));
        return given(sessions.refresh(token));
    }

    private HttpResponse<byte[]> given(Sessions.Opened opened) {
        return HttpResponse.status(HttpStatus.CREATED)
                .body(PeopleWire.tokens(opened, clock.millis()).toJson().bytes());
    }

    @Get("/session")
    @AllowPeople
    HttpResponse<byte[]> session(Caller caller) {
        Caller.Person person = caller.person().orElseThrow();
        return sessions.of(person.id()).stream()
                .filter(each -> each.id().equals(person.session()))
                .findFirst()
                .map(each -> HttpResponse.ok(
                        PeopleWire.session(each, clock.millis()).toJson().bytes()))
                .orElseThrow(() -> new ProblemException(ProblemType.INVALID_TOKEN, "The session has just ended."));
    }

    /** For whoever shows what can be done: each route asks policy anew. */
    @Get("/operations")
    @AllowPeople
    HttpResponse<byte[]> operations(Caller caller) {
        return HttpResponse.ok(Json.object()
                .put(
                        "items",
                        Json.ofTexts(List.copyOf(
                                permissions.operations(caller.person().orElseThrow()))))
                .build()
                .bytes());
    }

    @Get("/sessions")
    @AllowPeople
    HttpResponse<byte[]> all(Caller caller) {
        long now = clock.millis();
        return HttpResponse.ok(
                PeopleWire.items(sessions.of(caller.person().orElseThrow().id()), each -> PeopleWire.session(each, now)
                        .toJson()));
    }

    @Delete("/sessions/{id}")
    @AllowPeople
    @Consumes(MediaType.ALL)
    HttpResponse<?> end(Caller caller, @PathVariable String id) {
        if (!sessions.end(caller.person().orElseThrow(), id)) {
            throw new ProblemException(ProblemType.NOT_FOUND, "You have no session of this id that lasts.");
        }
        return HttpResponse.noContent();
    }

    @Post("/sign-out")
    @AllowPeople
    HttpResponse<byte[]> signOut(Caller caller) {
        Caller.Person person = caller.person().orElseThrow();
        boolean unused = sessions.end(person, person.session());
        return HttpResponse.ok(Json.Obj.EMPTY.bytes());
    }

    @Post("/sign-out-everywhere")
    @AllowPeople
    HttpResponse<byte[]> signOutEverywhere(Caller caller) {
        long ended = sessions.endEverywhere(caller.person().orElseThrow());
        return HttpResponse.ok(Json.object().put("ended", ended).build().bytes());
    }

    @Post("/step-up")
    @AllowPeople
    HttpResponse<byte[]> stepUp(Caller caller, @Body byte[] body) {
        String code = JsonBody.read(body, Set.of("code"), json -> json.text("code"));
        signIns.stepUp(caller.person().orElseThrow(), code);
        return session(caller);
    }
}
