package io.strongroom.server.ops;

import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.prometheus.metrics.model.snapshots.Labels;
import io.strongroom.api.ProblemType;
import io.strongroom.server.gateway.GuardDecision;
import io.strongroom.server.gateway.RequestFacts;
import io.strongroom.server.metrics.Histogram;
import io.strongroom.server.metrics.MeterSource;
import io.strongroom.server.metrics.Meters;
import io.strongroom.server.metrics.Tally;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Requests by route, with how long they took to their answer's head; and the guards' decisions. */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
@Order(Ordered.HIGHEST_PRECEDENCE)
final class RequestMeters implements MeterSource {
    private static final String BEGAN = "strongroom.began";
    private static final int CLASS = 100;

    // Routes are those of the program, so that there are not many.
    private final Map<Key, Histogram> byRoute = new ConcurrentHashMap<>();
    private final Tally<ProblemType> problems = new Tally<>(ProblemType.class);

    private record Key(String method, String route, int statusClass) {}

    @RequestFilter
    void begin(HttpRequest<?> request) {
        request.setAttribute(BEGAN, System.nanoTime());
    }

    @ResponseFilter
    void end(HttpRequest<?> request, HttpResponse<?> response) {
        Routes.Name route = Routes.name(request);
        long began = request.getAttribute(BEGAN, Long.class).orElseGet(System::nanoTime);
        byRoute.computeIfAbsent(
                        new Key(route.method(), route.template(), response.code() / CLASS),
                        key -> Histogram.ofSeconds())
                .observeNanos(System.nanoTime() - began);
        RequestFacts.problem(request).ifPresent(problems::count);
    }

    @Override
    public void describe(Meters meters) {
        Map<Labels, Histogram> requests = new HashMap<>();
        byRoute.forEach((key, histogram) -> requests.put(
                Labels.of("method", key.method, "route", key.route, "status", key.statusClass + "xx"), histogram));
        Map<String, Long> counted = problems.byLabel();
        meters.histograms("strongroom_http_request_seconds", "Time to the head of the answer, by route.", requests)
                .counter("strongroom_http_problems", "Problems answered, by code.", "code", counted)
                .counter(
                        "strongroom_guard_decisions",
                        "Requests that a guard did not let pass, by outcome.",
                        "outcome",
                        counted.entrySet().stream()
                                .filter(each -> ProblemType.ofCode(each.getKey())
                                        .filter(GuardDecision::isOne)
                                        .isPresent())
                                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }
}
