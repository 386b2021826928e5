package io.strongroom.server.packs;

import io.micronaut.context.annotation.Requires;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.OutputStream;

/** A span for each pack that is made. Only where traces are sent. */
@Singleton
@Requires(beans = Tracer.class)
final class TracedPacks implements BeanCreatedEventListener<PackMaker> {
    private final Tracer tracer;

    TracedPacks(Tracer tracer) {
        this.tracer = tracer;
    }

    @Override
    public PackMaker onCreated(BeanCreatedEvent<PackMaker> event) {
        return new Traced(event.getBean(), tracer);
    }

    private record Traced(PackMaker maker, Tracer tracer) implements PackMaker {
        @Override
        public FrozenInputs freeze(ExportJob job) throws IOException {
            return maker.freeze(job);
        }

        @Override
        public void make(ExportJob job, FrozenInputs frozen, OutputStream out, Progress progress) throws IOException {
            Span span = tracer.spanBuilder("export")
                    .setAttribute("strongroom.export_id", job.id())
                    .startSpan();
            try (Scope scope = span.makeCurrent()) {
                maker.make(job, frozen, out, progress);
            } catch (IOException | RuntimeException e) {
                span.setStatus(StatusCode.ERROR);
                span.setAttribute("error.type", e.getClass().getSimpleName());
                throw e;
            } finally {
                span.end();
            }
        }
    }
}
