package io.strongroom.server.ops;

import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.web.router.RouteAttributes;
import io.micronaut.web.router.UriRouteInfo;

/** What a request asked for, in words of the program's own: an address as it was sent may hold anything. */
final class Routes {
    private static final String NONE = "none";

    private Routes() {}

    /**
     * @param method the method; {@code OTHER} if it is none of HTTP's
     * @param template the route's template; {@code none} where no route took the request
     */
    record Name(String method, String template) {
        @Override
        public String toString() {
            return method + " " + template;
        }
    }

    static Name name(HttpRequest<?> request) {
        String template = RouteAttributes.getRouteInfo(request)
                .filter(UriRouteInfo.class::isInstance)
                .map(info -> ((UriRouteInfo<?, ?>) info).getUriMatchTemplate().toPathString())
                .orElse(NONE);
        HttpMethod method = request.getMethod();
        return new Name(method == HttpMethod.CUSTOM ? "OTHER" : method.name(), template);
    }
}
