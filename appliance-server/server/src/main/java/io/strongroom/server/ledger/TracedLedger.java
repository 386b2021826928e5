package io.strongroom.server.ledger;

import io.micronaut.context.annotation.Primary;
import io.micronaut.context.annotation.Requires;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.strongroom.server.record.Draft;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The way into the ledger, with a span from being handed over to being committed. Only where traces are sent. */
@Singleton
@Primary
@Requires(beans = Tracer.class)
final class TracedLedger implements Ledger {
    private final Sequencer sequencer;
    private final GroupTraces groups;
    private final Tracer tracer;

    TracedLedger(Sequencer sequencer, GroupTraces groups, Tracer tracer) {
        this.sequencer = sequencer;
        this.groups = groups;
        this.tracer = tracer;
    }

    @Override
    public List<CompletableFuture<AppendOutcome>> append(List<Draft> drafts, List<RidingRow> rows) {
        if (drafts.isEmpty() || !Span.current().getSpanContext().isValid()) {
            return sequencer.append(drafts, rows);
        }
        Span span = tracer.spanBuilder("ledger append")
                .setAttribute("strongroom.records", drafts.size())
                .startSpan();
        groups.expect(drafts, span.getSpanContext());
        try {
            List<CompletableFuture<AppendOutcome>> outcomes = sequencer.append(drafts, rows);
            // The queue keeps the order: once the last is answered, all are.
            var unused = outcomes.getLast().whenComplete((outcome, failure) -> end(span, drafts, failure != null));
            return outcomes;
        } catch (RuntimeException e) {
            end(span, drafts, true);
            throw e;
        }
    }

    private void end(Span span, List<Draft> drafts, boolean failed) {
        groups.forget(drafts);
        if (failed) {
            span.setStatus(StatusCode.ERROR);
        }
        span.end();
    }
}
