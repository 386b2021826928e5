package io.strongroom.server.ingest;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpVersion;
import io.strongroom.api.ProblemType;
import io.strongroom.evidence.TenantId;
import io.strongroom.server.access.Caller;
import io.strongroom.server.body.BodyEncoding;
import io.strongroom.server.body.BoundedStream;
import io.strongroom.server.body.DecodedBody;
import io.strongroom.server.gateway.RequestFacts;
import io.strongroom.server.problem.ProblemException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the head of an intake request says, checked before its body is read. */
final class IntakeRequest {
    private static final String TENANT = "X-Tenant-Id";
    private static final String KEY = "Idempotency-Key";
    private static final String OLD_KEY = "X-Idempotency-Key";

    private final HttpRequest<?> request;
    private final BodyEncoding encoding;

    /**
     * @param mediaTypes those that are understood; none given is taken for the first
     * @throws ProblemException if the body is of a kind that is not understood here
     */
    IntakeRequest(HttpRequest<?> request, Set<String> mediaTypes) {
        this.request = request;
        String type = request.getHeaders().get(HttpHeaders.CONTENT_TYPE);
        if (type != null && !mediaTypes.contains(bare(type))) {
            throw new ProblemException(
                    ProblemType.UNSUPPORTED_MEDIA_TYPE, "This address takes " + String.join(" or ", mediaTypes) + ".");
        }
        this.encoding = BodyEncoding.of(request.getHeaders().get(HttpHeaders.CONTENT_ENCODING))
                .orElseThrow(() -> new ProblemException(
                        ProblemType.UNSUPPORTED_ENCODING, "The header Content-Encoding names another."));
    }

    private static String bare(String mediaType) {
        int semicolon = mediaType.indexOf(';');
        return (semicolon < 0 ? mediaType : mediaType.substring(0, semicolon))
                .strip()
                .toLowerCase(Locale.ROOT);
    }

    /**
     * Who sends, and which tenant the request names.
     *
     * @param route the route's template
     */
    Sender sender(TenantId tenant, Caller caller, String route) {
        String requestId = RequestFacts.requestId(request);
        String named = request.getHeaders().get(TENANT);
        if (named == null) {
            return new Sender(tenant, Sender.Named.NOTHING, caller, requestId, route);
        }
        try {
            boolean ours = new TenantId(named.strip()).equals(tenant);
            return new Sender(tenant, ours ? Sender.Named.OURS : Sender.Named.ANOTHER, caller, requestId, route);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ProblemType.INVALID_TENANT, "The header " + TENANT + " is not well formed.");
        }
    }

    /** The idempotency key in the header. */
    String key() {
        String key = header(KEY);
        String old = header(OLD_KEY);
        if (key != null && old != null && !key.equals(old)) {
            throw new ProblemException(
                    ProblemType.INVALID_PARAMETER, "The headers " + KEY + " and " + OLD_KEY + " differ.");
        }
        String given = key != null ? key : old;
        if (given == null) {
            throw new ProblemException(ProblemType.IDEMPOTENCY_REQUIRED, "The header " + KEY + " is missing.");
        }
        if (!IdempotencyText.isValid(given)) {
            throw new ProblemException(
                    ProblemType.INVALID_PARAMETER, "The header " + KEY + " " + IdempotencyText.RULE + ".");
        }
        return given;
    }

    private @Nullable String header(String name) {
        List<String> values = request.getHeaders().getAll(name);
        if (values.size() > 1) {
            throw new ProblemException(ProblemType.INVALID_PARAMETER, "The header " + name + " is given twice.");
        }
        return values.isEmpty()
                ? null
                : IdempotencyText.ofHeader(values.getFirst().strip());
    }

    /** Whether the body is said to be longer than {@code limit}. An encoded body may be longer or shorter than it says. */
    boolean saysMoreThan(long limit) {
        return saidLength() > limit;
    }

    /** How long the body is said to be, in bytes; −1 where that is not said, or it is encoded. */
    long saidLength() {
        return encoding == BodyEncoding.NONE ? request.getContentLength() : -1;
    }

    /** Whether answers may be sent while the body still comes: not before HTTP/2, where both sides could block. */
    boolean mayAnswerMeanwhile() {
        return request.getHttpVersion() == HttpVersion.HTTP_2_0;
    }

    /** The decoded body, which stops at {@code limit} bytes. To be taken once, on the request's own thread. */
    InputStream body(long limit) {
        return new BoundedStream(DecodedBody.of(request, encoding), limit);
    }
}
