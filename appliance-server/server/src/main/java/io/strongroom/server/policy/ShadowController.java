package io.strongroom.server.policy;

import io.micronaut.http.HttpResponse;
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
import io.strongroom.api.FieldError;
import io.strongroom.api.ProblemType;
import io.strongroom.api.json.Json;
import io.strongroom.server.access.Allow;
import io.strongroom.server.access.AllowPeople;
import io.strongroom.server.access.Caller;
import io.strongroom.server.access.Scope;
import io.strongroom.server.policy.repository.Actors;
import io.strongroom.server.problem.JsonBody;
import io.strongroom.server.problem.ProblemException;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * {@code /api/v1/policy/proposals/{name}/shadow}: what a proposal would have decided otherwise. For people alone: whoever
 * writes a pattern and sees which records change learns which hidden values it fits.
 */
@Controller("/api/v1/policy/proposals/{name}/shadow")
@ExecuteOn(TaskExecutors.BLOCKING)
final class ShadowController {
    private static final String FOLDER = "proposals/";
    private static final int USUAL_DAYS = 7;
    private static final int MOST_DAYS = 366;
    private static final int HIGHEST_RATE = 1_000_000;

    private final ShadowRuns runs;
    private final ShadowReports reports;
    private final Actors actors;

    ShadowController(ShadowRuns runs, ShadowReports reports, Actors actors) {
        this.runs = runs;
        this.reports = reports;
        this.actors = actors;
    }

    /** Begins one: {@code {"days", "rate"}}, both of which may be left out. */
    @Post
    @AllowPeople("policy.shadow")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> begin(Caller caller, @PathVariable String name, @Body byte[] body) {
        record Wanted(int days, int rate) {}
        Wanted wanted = JsonBody.read(
                body,
                Set.of("days", "rate"),
                json -> new Wanted(number(json, "days", MOST_DAYS, USUAL_DAYS), number(json, "rate", HIGHEST_RATE, 0)));
        var unused = runs.request(actors.of(caller), FOLDER + name, wanted.days(), wanted.rate());
        return HttpResponse.accepted().body(reports.newest(FOLDER + name).bytes());
    }

    private static int number(Json.Obj json, String member, int highest, int otherwise) {
        OptionalLong value = json.optionalInteger(member);
        if (value.isEmpty()) {
            return otherwise;
        }
        if (value.getAsLong() < 1 || value.getAsLong() > highest) {
            throw new ProblemException(
                    ProblemType.SCHEMA,
                    "Ask for 1 to " + MOST_DAYS + " days, at 1 to " + HIGHEST_RATE
                            + " entries a second or at full speed.",
                    List.of(new FieldError("/" + member, "1 to " + highest + ".")));
        }
        return (int) value.getAsLong();
    }

    /** How the last is on its way, or how it ended. */
    @Get
    @Allow({Scope.READ, Scope.POLICY, Scope.ADMIN})
    @AllowPeople("policy.read")
    @Produces(MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> state(@PathVariable String name) {
        return HttpResponse.ok(reports.newest(FOLDER + name).bytes());
    }

    /** All that the last one found. */
    @Get("/report")
    @AllowPeople("policy.shadow")
    @Produces(MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> report(@PathVariable String name) {
        return HttpResponse.ok(reports.report(FOLDER + name));
    }

    @Delete
    @AllowPeople("policy.shadow")
    HttpResponse<?> cancel(Caller caller, @PathVariable String name) {
        runs.cancel(actors.of(caller), FOLDER + name);
        return HttpResponse.noContent();
    }
}
