package io.strongroom.server.ledger;

import io.micronaut.context.annotation.Requires;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.strongroom.evidence.RecordId;
import io.strongroom.server.record.Draft;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A span for each group committed, linked with those that brought its records. Only where traces are sent. */
@Singleton
@Requires(beans = Tracer.class)
final class GroupTraces implements CommitObserver {
    private static final int MOST_LINKS = 128;
    private static final int MOST_WAITING = 65_536;

    private final Tracer tracer;
    private final InstantSource clock;
    private final Map<RecordId, SpanContext> bringers = new ConcurrentHashMap<>();

    GroupTraces(Tracer tracer, InstantSource clock) {
        this.tracer = tracer;
        this.clock = clock;
    }

    void expect(List<Draft> drafts, SpanContext bringer) {
        if (bringers.size() < MOST_WAITING) {
            drafts.forEach(draft -> bringers.put(draft.id(), bringer));
        }
    }

    /** What was never committed, because it was known or refused. */
    void forget(List<Draft> drafts) {
        drafts.forEach(draft -> bringers.remove(draft.id()));
    }

    @Override
    public void committed(Group group, long nanos) {
        Set<SpanContext> links = new LinkedHashSet<>();
        for (Draft draft : group.drafts()) {
            SpanContext bringer = bringers.remove(draft.id());
            if (bringer != null && links.size() < MOST_LINKS) {
                links.add(bringer);
            }
        }
        long end = TimeUnit.MILLISECONDS.toNanos(clock.millis());
        SpanBuilder span = tracer.spanBuilder("ledger commit")
                .setParent(Context.root())
                .setStartTimestamp(end - nanos, TimeUnit.NANOSECONDS)
                .setAttribute("strongroom.first_seq", group.first())
                .setAttribute("strongroom.records", group.count());
        links.forEach(span::addLink);
        Span started = span.startSpan();
        started.end(end, TimeUnit.NANOSECONDS);
    }
}
