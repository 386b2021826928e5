package io.strongroom.server.gateway;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.server.netty.NettyHttpRequest;
import io.strongroom.api.ProblemType;
import io.strongroom.server.access.Caller;
import java.util.Optional;
import java.util.concurrent.Executor;

/** What the gateway has found out about a request, kept as its attributes. */
public final class RequestFacts {
    private static final String REQUEST_ID = "strongroom.requestId";
    private static final String CALLER = "strongroom.caller";
    private static final String PROBLEM = "strongroom.problem";
    private static final String EVIDENCE_REF = "strongroom.evidenceRef";
    private static final String ALLOWANCE = "strongroom.allowance";

    private RequestFacts() {}

    /** The request's id, which its answer's header {@code X-Request-Id} has; empty before the gateway has seen it. */
    public static String requestId(HttpRequest<?> request) {
        return request.getAttribute(REQUEST_ID, String.class).orElse("");
    }

    static void requestId(HttpRequest<?> request, String id) {
        request.setAttribute(REQUEST_ID, id);
    }

    /**
     * Whether the framework could not read the request's address, and put an empty request for {@code /} in its place. A
     * real one for that, without any header, is no different.
     */
    static boolean isUnreadable(HttpRequest<?> request) {
        return request.getHeaders().isEmpty() && request.getPath().equals("/");
    }

    /** What the request asks for, filters and all, for {@link AccessRecords}: its method and its address as sent. */
    public static String view(HttpRequest<?> request) {
        return request.getMethodName() + " " + request.getUri();
    }

    /**
     * The thread of the request's connection. What waits for something else lets its answer be finished there, rather than
     * on the thread that it waited for.
     */
    public static Executor connection(HttpRequest<?> request) {
        if (!(request instanceof NettyHttpRequest<?> incoming)) {
            throw new IllegalStateException("the request came over no connection");
        }
        return incoming.getChannelHandlerContext().channel().eventLoop();
    }

    /** Who calls; empty on a route that anyone may call. */
    public static Optional<Caller> caller(HttpRequest<?> request) {
        return request.getAttribute(CALLER, Caller.class);
    }

    static void caller(HttpRequest<?> request, Caller caller) {
        request.setAttribute(CALLER, caller);
    }

    /** The problem that the answer is, if it is one. */
    public static Optional<ProblemType> problem(HttpRequest<?> request) {
        return request.getAttribute(PROBLEM, ProblemType.class);
    }

    static void problem(HttpRequest<?> request, ProblemType type) {
        request.setAttribute(PROBLEM, type);
    }

    /** Where the request's document is kept in quarantine, if it is. */
    static Optional<String> evidenceRef(HttpRequest<?> request) {
        return request.getAttribute(EVIDENCE_REF, String.class);
    }

    static void evidenceRef(HttpRequest<?> request, String reference) {
        request.setAttribute(EVIDENCE_REF, reference);
    }

    static Optional<RateLimits.Allowance> allowance(HttpRequest<?> request) {
        return request.getAttribute(ALLOWANCE, RateLimits.Allowance.class);
    }

    static void allowance(HttpRequest<?> request, RateLimits.Allowance allowance) {
        request.setAttribute(ALLOWANCE, allowance);
    }
}
