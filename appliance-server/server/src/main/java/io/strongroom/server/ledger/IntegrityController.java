package io.strongroom.server.ledger;

import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.strongroom.api.ProblemType;
import io.strongroom.api.json.Json;
import io.strongroom.evidence.RecordId;
import io.strongroom.server.access.Allow;
import io.strongroom.server.access.AllowPeople;
import io.strongroom.server.access.Scope;
import io.strongroom.server.problem.JsonBody;
import io.strongroom.server.problem.ProblemException;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;

/** Has the appliance read its own stored bytes again. Whoever does not trust it verifies a pack instead. */
@Controller("/api/v1/integrity/verify")
@ExecuteOn(TaskExecutors.BLOCKING)
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Allow(Scope.READ)
@AllowPeople("ledger.read")
final class IntegrityController {
    private static final long MAX_ENTRIES = 1_000_000;
    private static final Duration NEXT_CHECKPOINT = Duration.ofSeconds(1);

    private final LedgerVerification verification;
    private final RecordLookup lookup;
    private final IntegrityCounts counts;

    IntegrityController(LedgerVerification verification, RecordLookup lookup, IntegrityCounts counts) {
        this.verification = verification;
        this.lookup = lookup;
        this.counts = counts;
    }

    private record Range(long fromSeq, long toSeq) {}

    /** One record: {@code {"recordId"}}. */
    @Post("/record")
    byte[] record(@Body byte[] body) {
        RecordId id = JsonBody.read(body, Set.of("recordId"), document -> id(document.text("recordId")));
        OptionalLong seq = lookup.seqOf(id);
        if (seq.isEmpty()) {
            throw new ProblemException(ProblemType.NOT_FOUND, "The ledger has no record of this id.");
        }
        return verify(new Range(seq.getAsLong(), seq.getAsLong()));
    }

    private static RecordId id(String text) {
        try {
            return RecordId.parse(text);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(
                    ProblemType.INVALID_PARAMETER, "A record id has 26 characters: " + e.getMessage() + ".");
        }
    }

    /** The entries from one to another, both included: {@code {"fromSeq", "toSeq"}}. */
    @Post("/range")
    byte[] range(@Body byte[] body) {
        return verify(JsonBody.read(
                body,
                Set.of("fromSeq", "toSeq"),
                document -> new Range(document.integer("fromSeq"), document.integer("toSeq"))));
    }

    private byte[] verify(Range range) {
        if (range.fromSeq < 0 || range.toSeq < range.fromSeq || range.toSeq - range.fromSeq >= MAX_ENTRIES) {
            throw new ProblemException(
                    ProblemType.INVALID_PARAMETER,
                    "The range must begin at 0 or later, end where it begins or later, and have at most " + MAX_ENTRIES
                            + " entries.");
        }
        if (range.toSeq >= verification.size()) {
            throw new ProblemException(
                            ProblemType.NOT_YET_PROVABLE,
                            "The newest checkpoint covers the entries before " + verification.size() + ".")
                    .retryAfter(NEXT_CHECKPOINT);
        }
        LedgerVerification.Outcome outcome = verification.verify(range.fromSeq, range.toSeq + 1);
        counts.count(outcome.failure() == null);
        return answer(outcome);
    }

    private static byte[] answer(LedgerVerification.Outcome outcome) {
        LedgerVerification.Failure failure = outcome.failure();
        Json.Obj first = failure == null
                ? null
                : Json.object()
                        .put("seq", failure.seq())
                        .put("what", failure.what().name().toLowerCase(Locale.ROOT))
                        .put("expected", failure.expected())
                        .put("found", failure.found())
                        .build();
        return Json.object()
                .put("verified", failure == null)
                .put("fromSeq", outcome.from())
                .put("toSeq", outcome.to() - 1)
                .put("checkpointSize", outcome.checkpointSize())
                .put("entries", outcome.entries())
                .put("bodies", outcome.bodies())
                .put("bodiesAbsent", outcome.absent())
                .put("firstFailure", first)
                .build()
                .bytes();
    }
}
