package io.strongroom.server.ops;

import io.micronaut.context.annotation.Requires;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.core.propagation.MutablePropagatedContext;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.strongroom.server.gateway.RequestFacts;
import io.strongroom.server.traces.SpanInContext;
import org.jspecify.annotations.Nullable;

/** A span for each request, below the caller's where it sends a W3C {@code traceparent}. Only where traces are sent. */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
@Order(Ordered.HIGHEST_PRECEDENCE)
@Requires(beans = Tracer.class)
final class RequestTraces {
    private static final String SPAN = "strongroom.span";
    private static final int SERVER_ERROR = 500;
    private static final TextMapGetter<HttpRequest<?>> HEADERS = new Headers();

    private final Tracer tracer;

    RequestTraces(Tracer tracer) {
        this.tracer = tracer;
    }

    @RequestFilter
    void begin(HttpRequest<?> request, MutablePropagatedContext propagated) {
        Routes.Name route = Routes.name(request);
        Context caller = W3CTraceContextPropagator.getInstance().extract(Context.root(), request, HEADERS);
        Span span = tracer.spanBuilder(route.toString())
                .setParent(caller)
                .setSpanKind(SpanKind.SERVER)
                .setAttribute("http.request.method", route.method())
                .setAttribute("http.route", route.template())
                .startSpan();
        request.setAttribute(SPAN, span);
        request.setAttribute(RequestContext.TRACE_ID, span.getSpanContext().getTraceId());
        propagated.add(new SpanInContext(span));
    }

    @ResponseFilter
    void end(HttpRequest<?> request, HttpResponse<?> response) {
        request.getAttribute(SPAN, Span.class).ifPresent(span -> {
            span.setAttribute("http.response.status_code", response.code());
            span.setAttribute("strongroom.request_id", RequestFacts.requestId(request));
            RequestFacts.problem(request).ifPresent(type -> span.setAttribute("error.type", type.code()));
            if (response.code() >= SERVER_ERROR) {
                span.setStatus(StatusCode.ERROR);
            }
            span.end();
        });
    }

    private static final class Headers implements TextMapGetter<HttpRequest<?>> {
        @Override
        public Iterable<String> keys(HttpRequest<?> request) {
            return request.getHeaders().names();
        }

        @Override
        public @Nullable String get(@Nullable HttpRequest<?> request, String name) {
            return request == null ? null : request.getHeaders().get(name);
        }
    }
}
