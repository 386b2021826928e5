package io.strongroom.server.traces;

import com.google.errorprone.annotations.MustBeClosed;
import io.micronaut.core.propagation.ThreadPropagatedContextElement;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import org.jspecify.annotations.Nullable;

/** A span that is the current one on every thread that serves its request. */
public record SpanInContext(Span span) implements ThreadPropagatedContextElement<Scope> {
    /** The framework closes what this gives by {@link #restoreThreadContext}. */
    @Override
    @MustBeClosed
    public Scope updateThreadContext() {
        return span.makeCurrent();
    }

    @Override
    public void restoreThreadContext(@Nullable Scope scope) {
        if (scope != null) {
            scope.close();
        }
    }
}
