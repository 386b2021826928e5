package io.strongroom.bench;

import io.strongroom.api.client.RecordQuery;
import io.strongroom.evidence.Rfc3339;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiFunction;

/**
 * One typical question with a parameter drawn anew for each sample, as we are asked it and as someone would write it in
 * SQL on the peer's table.
 *
 * @param ask makes both from the span of time that the records cover
 */
record QuerySample(String name, BiFunction<SplittableRandom, Span, Asked> ask) {
    private static final long HOUR = 3_600_000;
    private static final String NEWEST = " ORDER BY occurred_at DESC, seq DESC LIMIT 50";
    private static final RecordQuery OURS = RecordQuery.ALL.limit(50);

    /** When the oldest and the newest record occurred, epoch milliseconds. */
    record Span(long first, long last) {
        long within(SplittableRandom random) {
            return random.nextLong(first, last);
        }
    }

    /** The two forms of one question; {@code where} and what follows it. */
    record Asked(RecordQuery ours, String theirs) {}

    static final List<QuerySample> ALL = List.of(
            new QuerySample("newest", (random, span) -> new Asked(OURS, NEWEST)),
            new QuerySample("time", (random, span) -> {
                long from = span.within(random);
                return new Asked(
                        OURS.from(Rfc3339.format(from)).to(Rfc3339.format(from + HOUR)),
                        "WHERE occurred_at >= " + from + " AND occurred_at < " + (from + HOUR) + NEWEST);
            }),
            new QuerySample("actor", (random, span) -> {
                String actor = "u-" + (10_000 + random.nextInt(5_000));
                return new Asked(OURS.actor(actor), "WHERE actor = '" + actor + "'" + NEWEST);
            }),
            new QuerySample("actor-time", (random, span) -> {
                String actor = "u-" + (10_000 + random.nextInt(500));
                long to = span.within(random);
                return new Asked(
                        OURS.actor(actor).to(Rfc3339.format(to)),
                        "WHERE actor = '" + actor + "' AND occurred_at < " + to + NEWEST);
            }),
            new QuerySample(
                    "action",
                    (random, span) ->
                            new Asked(OURS.action("Price.Changed"), "WHERE action = 'Price.Changed'" + NEWEST)),
            new QuerySample("resource", (random, span) -> {
                String resource = "ord-" + (Documents.FIRST_RESOURCE + random.nextInt(Documents.RESOURCES));
                return new Asked(OURS.resource(resource), "WHERE resource = '" + resource + "'" + NEWEST);
            }),
            new QuerySample("failures", (random, span) -> {
                long to = span.within(random);
                return new Asked(
                        OURS.with("outcome", "failure")
                                .with("action", "Role.Revoked")
                                .to(Rfc3339.format(to)),
                        "WHERE outcome = 'failure' AND action = 'Role.Revoked' AND occurred_at < " + to + NEWEST);
            }),
            new QuerySample("stream", (random, span) -> {
                long to = span.within(random);
                return new Asked(
                        OURS.stream("audit.security").to(Rfc3339.format(to)),
                        "WHERE stream = 'audit.security' AND occurred_at < " + to + NEWEST);
            }),
            new QuerySample("labels", (random, span) -> {
                String region = "eu-" + random.nextInt(4);
                return new Asked(
                        OURS.label("env", "staging").label("region", region),
                        "WHERE env = 'staging' AND region = '" + region + "'" + NEWEST);
            }),
            new QuerySample("text", (random, span) -> {
                String word = Documents.WORDS.get(random.nextInt(Documents.WORDS.size()));
                String other = Documents.WORDS.get(random.nextInt(Documents.WORDS.size()));
                return new Asked(
                        OURS.text(word + " " + other),
                        "WHERE to_tsvector('simple', note) @@ to_tsquery('simple', '" + word + " & " + other + "')"
                                + NEWEST);
            }));
}
