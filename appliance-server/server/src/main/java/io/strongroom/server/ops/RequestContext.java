package io.strongroom.server.ops;

import io.micronaut.context.propagation.slf4j.MdcPropagationContext;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.core.propagation.MutablePropagatedContext;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.strongroom.server.gateway.RequestFacts;
import java.util.HashMap;
import java.util.Map;

/** Whatever is logged while a request is served carries its id, and its trace's. Comes after the gate, which gives ids. */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
@Order(Ordered.LOWEST_PRECEDENCE)
final class RequestContext {
    static final String TRACE_ID = "traceId";
    private static final String REQUEST_ID = "requestId";

    @RequestFilter
    void name(HttpRequest<?> request, MutablePropagatedContext propagated) {
        Map<String, String> names = new HashMap<>();
        names.put(REQUEST_ID, RequestFacts.requestId(request));
        request.getAttribute(TRACE_ID, String.class).ifPresent(id -> names.put(TRACE_ID, id));
        propagated.add(new MdcPropagationContext(names));
    }
}
