package io.strongroom.server.ledger;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.strongroom.api.LedgerDay;
import io.strongroom.api.ProblemType;
import io.strongroom.api.json.Json;
import io.strongroom.server.access.Allow;
import io.strongroom.server.access.AllowPeople;
import io.strongroom.server.access.Scope;
import io.strongroom.server.database.Database;
import io.strongroom.server.problem.ProblemException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The chain by days: seals, checkpoints, gaps, witnesses. Shows no record, so that no reading is recorded. */
@Controller("/api/v1/ledger/days")
@ExecuteOn(TaskExecutors.BLOCKING)
@Allow(Scope.READ)
@AllowPeople("ledger.read")
final class DaysController {
    private static final int USUAL = 31;
    private static final int MOST = 366;

    private final ChainDays days;

    DaysController(Database database, LedgerReader reader, Cosignatures cosignatures) {
        this.days = new ChainDays(database, reader, cosignatures);
    }

    /** A page of days that have entries, the newest first. */
    @Get
    @Produces(MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> newest(@QueryValue @Nullable String after, @QueryValue @Nullable Integer limit) {
        int most = limit == null ? USUAL : limit;
        if (most < 1 || most > MOST) {
            throw invalid("The parameter limit is a number from 1 to " + MOST + ".");
        }
        if (after != null && !ChainDays.isDay(after)) {
            throw invalid("The parameter after is what the page before gave as next.");
        }
        List<LedgerDay> found = days.newest(after, most + 1);
        List<LedgerDay> page = found.subList(0, Math.min(most, found.size()));
        return HttpResponse.ok(Json.object()
                .put(
                        "items",
                        new Json.Arr(page.stream().<Json>map(LedgerDay::toJson).toList()))
                .put("next", found.size() > most ? page.getLast().day() : null)
                .build()
                .bytes());
    }

    /** What a day's seal tells of each source's sequences, as its digest names it. */
    @Get("/{day}/sources")
    @Produces(MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> sources(@PathVariable String day) {
        return HttpResponse.ok((ChainDays.isDay(day) ? days.sources(day) : java.util.Optional.<byte[]>empty())
                .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, "No seal closes this day.")));
    }

    private static ProblemException invalid(String detail) {
        return new ProblemException(ProblemType.INVALID_PARAMETER, detail);
    }
}
