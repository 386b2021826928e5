package io.strongroom.server.gateway;

import io.micronaut.core.annotation.AnnotationMetadata;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.web.router.RouteAttributes;
import io.micronaut.web.router.RouteMatch;
import io.strongroom.api.ProblemType;
import io.strongroom.server.access.Allow;
import io.strongroom.server.access.AllowAnyone;
import io.strongroom.server.access.AllowPeople;
import io.strongroom.server.access.Caller;
import io.strongroom.server.access.Callers;
import io.strongroom.server.access.Permissions;
import io.strongroom.server.access.Scope;
import io.strongroom.server.access.TenantNamed;
import io.strongroom.server.access.TokenAsPassword;
import io.strongroom.server.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The gate that each request passes, in this order: an id, the token, the rate, the quota, the scope, the
 * residency, the tenant.
 * Never waits for anything, since it runs on the thread that serves the connection.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class Gate implements Ordered {
    private static final String BEARER = "Bearer ";
    private static final String BASIC = "Basic ";
    private static final int ID_PREFIX_BYTES = 6;

    private final Callers callers;
    private final Permissions permissions;
    private final RateLimits rates;
    private final Quotas quotas;
    private final TenantGuard tenants;
    private final DeviceGate devices;
    // Ids of requests tell them apart and are no secret: drawn once, then counted.
    private final String idPrefix;
    private final AtomicLong requests = new AtomicLong();

    Gate(
            Callers callers,
            Permissions permissions,
            RateLimits rates,
            Quotas quotas,
            TenantGuard tenants,
            DeviceGate devices,
            SecureRandom random) {
        this.callers = callers;
        this.permissions = permissions;
        this.rates = rates;
        this.quotas = quotas;
        this.tenants = tenants;
        this.devices = devices;
        byte[] prefix = new byte[ID_PREFIX_BYTES];
        random.nextBytes(prefix);
        this.idPrefix = HexFormat.of().formatHex(prefix);
    }

    /** After {@link Farewell}, whose turn on the way out comes last, and before every other filter. */
    @Override
    public int getOrder() {
        return Farewell.ORDER + 1;
    }

    @RequestFilter
    @Nullable
    HttpResponse<?> admit(HttpRequest<?> request) {
        RequestFacts.requestId(request, newId());
        try {
            check(request);
            return null;
        } catch (ProblemException e) {
            return ProblemAnswers.of(request, e);
        }
    }

    private void check(HttpRequest<?> request) {
        if (RequestFacts.isUnreadable(request)) {
            RateLimits.hold(request, rates.takeFrom(request));
            throw new ProblemException(
                    ProblemType.INVALID_PARAMETER,
                    "The address is not a URI: in it, % and what is not of A-Z a-z 0-9 . _ ~ - is written as %25, %20 …");
        }
        AnnotationMetadata route = route(request);
        if (devices.isAt(request)) {
            devices.check(route, request);
            return;
        }
        DeviceGate.requireElsewhere(route);
        if (route.hasAnnotation(AllowAnyone.class)) {
            RateLimits.hold(request, rates.takeFrom(request));
            return;
        }
        boolean asPassword = route.hasAnnotation(TokenAsPassword.class);
        Optional<String> token = bearer(request).or(() -> asPassword ? password(request) : Optional.empty());
        Optional<Caller> caller = token.flatMap(callers::authenticate).map(found -> stating(found, request));
        if (caller.isEmpty()) {
            RateLimits.hold(request, rates.takeFrom(request));
            ProblemException problem = new ProblemException(
                    ProblemType.INVALID_TOKEN,
                    token.isPresent()
                            ? "The token is unknown, expired or revoked."
                            : "The request has no header Authorization: Bearer.");
            throw asPassword ? problem.header(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"strongroom\"") : problem;
        }
        RequestFacts.caller(request, caller.get());
        RateLimits.hold(request, rates.takeOf(caller.get().id()));
        quotas.takeRequest(caller.get()).ifPresent(asked -> asked.hold(request));
        requirePermission(route, caller.get());
        if (!tenants.residencyFits(request.getHeaders().get(TenantGuard.RESIDENCY_HEADER))) {
            throw new ProblemException(
                    ProblemType.RESIDENCY_CONFLICT,
                    "The header " + TenantGuard.RESIDENCY_HEADER + " names another region than this one.");
        }
        requireTenant(route, request);
    }

    private static Caller stating(Caller caller, HttpRequest<?> request) {
        String purpose = request.getHeaders().get(Permissions.PURPOSE_HEADER);
        return caller.person().isEmpty() || purpose == null ? caller : caller.stating(purpose.strip());
    }

    private static AnnotationMetadata route(HttpRequest<?> request) {
        return RouteAttributes.getRouteMatch(request)
                .map(RouteMatch::getAnnotationMetadata)
                .orElse(AnnotationMetadata.EMPTY_METADATA);
    }

    private static Optional<String> bearer(HttpRequest<?> request) {
        String header = request.getHeaders().get(HttpHeaders.AUTHORIZATION);
        return header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? Optional.of(header.substring(BEARER.length()).strip())
                : Optional.empty();
    }

    /** The password of basic authentication (RFC 7617). */
    private static Optional<String> password(HttpRequest<?> request) {
        String header = request.getHeaders().get(HttpHeaders.AUTHORIZATION);
        if (header == null || !header.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return Optional.empty();
        }
        try {
            byte[] pair =
                    Base64.getDecoder().decode(header.substring(BASIC.length()).strip());
            String text = new String(pair, StandardCharsets.UTF_8);
            return Optional.of(text.substring(text.indexOf(':') + 1));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** A route that says nothing is for administrators; an address without a route is for anybody who is known. */
    private void requirePermission(AnnotationMetadata route, Caller caller) {
        if (route.isEmpty()) {
            return;
        }
        Caller.Person person = caller.person().orElse(null);
        if (person != null) {
            requireRole(route, person);
        } else if (route.hasAnnotation(AllowPeople.class) && !route.hasAnnotation(Allow.class)) {
            throw new ProblemException(ProblemType.FORBIDDEN, "This is for people who have signed in, not for tokens.");
        } else {
            requireScope(route, caller);
        }
    }

    private void requireRole(AnnotationMetadata route, Caller.Person person) {
        if (!route.hasAnnotation(AllowPeople.class)) {
            boolean anybody = route.hasAnnotation(Allow.class) && scopes(route).length == 0;
            if (!anybody) {
                throw new ProblemException(ProblemType.FORBIDDEN, "This is for service tokens, not for people.");
            }
            return;
        }
        String operation = route.stringValue(AllowPeople.class).orElse("");
        if (!operation.isEmpty()) {
            permissions.require(person, operation);
        }
        if (route.booleanValue(AllowPeople.class, "stepUp").orElse(false)) {
            permissions.requireStepUp(person);
        }
    }

    private static void requireScope(AnnotationMetadata route, Caller caller) {
        Scope[] scopes = route.hasAnnotation(Allow.class) ? scopes(route) : new Scope[] {Scope.ADMIN};
        if (scopes.length > 0 && Arrays.stream(scopes).noneMatch(caller::may)) {
            throw new ProblemException(
                    ProblemType.FORBIDDEN,
                    "This needs a token with the scope "
                            + String.join(
                                    " or ",
                                    Arrays.stream(scopes)
                                            .map(scope -> scope.name().toLowerCase(Locale.ROOT))
                                            .toList())
                            + ".");
        }
    }

    /** Those that the method names, else those of its controller: asked of both at once, they would be added up. */
    private static Scope[] scopes(AnnotationMetadata route) {
        AnnotationMetadata method = route.getDeclaredMetadata();
        return (method.hasAnnotation(Allow.class) ? method : route).enumValues(Allow.class, Scope.class);
    }

    private void requireTenant(AnnotationMetadata route, HttpRequest<?> request) {
        TenantNamed.Where where =
                route.enumValue(TenantNamed.class, TenantNamed.Where.class).orElse(TenantNamed.Where.HEADER);
        String header = request.getHeaders().get(TenantGuard.HEADER);
        if (route.isEmpty()
                || where == TenantNamed.Where.BODY
                || where == TenantNamed.Where.NOWHERE && header == null) {
            return;
        }
        ProblemType fault = tenants.judge(header).orElse(null);
        if (fault == ProblemType.MISSING_TENANT) {
            throw new ProblemException(fault, "The request has no header " + TenantGuard.HEADER + ".");
        }
        if (fault == ProblemType.INVALID_TENANT) {
            throw new ProblemException(fault, "The header " + TenantGuard.HEADER + " is not a tenant id.");
        }
        if (fault == ProblemType.TENANT_MISMATCH) {
            throw new ProblemException(
                    ProblemType.CROSS_TENANT, "The header " + TenantGuard.HEADER + " names another tenant.");
        }
    }

    private String newId() {
        return idPrefix + HexFormat.of().toHexDigits(requests.incrementAndGet(), 12);
    }
}
