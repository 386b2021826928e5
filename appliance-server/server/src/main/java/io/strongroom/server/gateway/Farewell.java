package io.strongroom.server.gateway;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.web.router.RouteAttributes;
import io.micronaut.web.router.UriRouteInfo;
import io.strongroom.api.ProblemType;
import io.strongroom.server.access.Caller;
import java.util.Optional;

/** What every answer gets on its way out, whoever made it: the request's id, what is left of the limit, security headers. */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class Farewell implements Ordered {
    static final String REQUEST_ID_HEADER = "X-Request-Id";

    /** The outermost of all filters. */
    static final int ORDER = Ordered.HIGHEST_PRECEDENCE;

    private final GuardRecords guard;

    Farewell(GuardRecords guard) {
        this.guard = guard;
    }

    @Override
    public int getOrder() {
        return ORDER;
    }

    @ResponseFilter
    void dress(HttpRequest<?> request, MutableHttpResponse<?> response) {
        RequestFacts.problem(request).ifPresent(type -> recordGuard(request, type));
        RequestFacts.allowance(request).ifPresent(allowance -> {
            response.header("RateLimit-Policy", allowance.policyHeader());
            response.header("RateLimit", allowance.header());
        });
        response.header(REQUEST_ID_HEADER, RequestFacts.requestId(request));
        SecurityHeaders.set(response);
    }

    private void recordGuard(HttpRequest<?> request, ProblemType type) {
        if (!GuardDecision.isOne(type)) {
            return;
        }
        String route = routeName(request);
        Optional<Caller> caller = RequestFacts.caller(request);
        if (caller.isEmpty()) {
            guard.count(type, route);
        } else {
            guard.record(new GuardDecision(
                    type,
                    caller.get(),
                    route,
                    RequestFacts.requestId(request),
                    RequestFacts.evidenceRef(request).orElse("")));
        }
    }

    /** The route's template, since an address may hold anything. */
    private static String routeName(HttpRequest<?> request) {
        return request.getMethodName() + " "
                + RouteAttributes.getRouteInfo(request)
                        .filter(UriRouteInfo.class::isInstance)
                        .map(info -> ((UriRouteInfo<?, ?>) info)
                                .getUriMatchTemplate()
                                .toPathString())
                        .orElse("none");
    }
}
