package io.strongroom.server.packs;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.strongroom.api.ExportRequest;
import io.strongroom.api.ExportSummary;
import io.strongroom.api.ProblemType;
import io.strongroom.api.json.Json;
import io.strongroom.evidence.RecordId;
import io.strongroom.server.access.Allow;
import io.strongroom.server.access.AllowPeople;
import io.strongroom.server.access.Caller;
import io.strongroom.server.access.Permissions;
import io.strongroom.server.access.Scope;
import io.strongroom.server.gateway.AccessRecords;
import io.strongroom.server.gateway.AccessRecords.Reading;
import io.strongroom.server.gateway.RequestFacts;
import io.strongroom.server.privacy.Reader;
import io.strongroom.server.problem.ProblemException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What packs there are, and what one would hold. Everybody sees their own; whom policy lets see exports sees that others asked
 * for some, when, why, and what came of it, but neither the values that they selected by nor what is in them.
 */
@Controller("/api/v1/exports")
@ExecuteOn(TaskExecutors.BLOCKING)
@Allow(Scope.EXPORT)
@AllowPeople
final class ExportListController {
    private static final String READ = "exports.read";
    private static final int USUAL = 100;
    private static final int MOST = 500;

    private final Exports exports;
    private final ExportEstimates estimates;
    private final Permissions permissions;
    private final AccessRecords access;
    private final InstantSource clock;

    ExportListController(
            Exports exports,
            ExportEstimates estimates,
            Permissions permissions,
            AccessRecords access,
            InstantSource clock) {
        this.exports = exports;
        this.estimates = estimates;
        this.permissions = permissions;
        this.access = access;
        this.clock = clock;
    }

    /** A page, the newest first. That others' packs were looked at is recorded. */
    @Get
    @Produces(MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> list(
            HttpRequest<?> request,
            Caller caller,
            @QueryValue @Nullable String after,
            @QueryValue @Nullable Integer limit) {
        int most = limit == null ? USUAL : limit;
        if (most < 1 || most > MOST) {
            throw invalid("The parameter limit is a number from 1 to " + MOST + ".");
        }
        boolean all =
                caller.person().filter(who -> permissions.allows(who, READ)).isPresent();
        List<ExportSummary> found = exports.list(caller, all, after == null ? null : id(after), most + 1);
        List<ExportSummary> page = found.subList(0, Math.min(most, found.size()));
        if (page.stream().anyMatch(each -> !each.own())) {
            access.read(
                    caller,
                    RequestFacts.view(request),
                    new Reading("Exports.Listed", "Export", "exports", Map.of("items", (long) page.size()))
                            .by(Reader.of(caller, purpose(request), clock.instant())));
        }
        return HttpResponse.ok(Json.object()
                .put(
                        "items",
                        new Json.Arr(
                                page.stream().<Json>map(ExportSummary::toJson).toList()))
                .put("next", found.size() > most ? page.getLast().status().id() : null)
                .build()
                .bytes());
    }

    /** What a pack of this would hold; refused as the pack would be. That it was reckoned is recorded as a reading. */
    @Post("/estimate")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> estimate(HttpRequest<?> request, Caller caller, @Body byte[] body) {
        ExportRequest asked = ExportDocument.read(body);
        io.strongroom.policies.Caller who = exports.requireAsk(caller, asked);
        byte[] answer = estimates.of(who, asked).toJson().bytes();
        access.read(
                caller,
                RequestFacts.view(request) + " " + asked.toJson(),
                new Reading(
                                "Export.Estimated",
                                "Export",
                                "estimate",
                                Map.of(
                                        "filters",
                                        List.copyOf(asked.selection()
                                                .toJson()
                                                .members()
                                                .keySet())))
                        .by(Reader.of(caller, asked.purpose(), clock.instant())));
        return HttpResponse.ok(answer);
    }

    private static String id(String after) {
        try {
            return RecordId.parse(after).toString();
        } catch (IllegalArgumentException e) {
            throw invalid("The parameter after is what the page before gave as next.");
        }
    }

    private static ProblemException invalid(String detail) {
        return new ProblemException(ProblemType.INVALID_PARAMETER, detail);
    }

    private static String purpose(HttpRequest<?> request) {
        return request.getHeaders().get(Permissions.PURPOSE_HEADER, String.class, "");
    }
}
