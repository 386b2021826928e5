package io.strongroom.server.gateway;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.strongroom.api.Problem;
import io.strongroom.api.ProblemType;
import io.strongroom.server.problem.ProblemException;
import java.time.Duration;

/** Every problem leaves as {@code application/problem+json} (RFC 9457) with the request's id. */
final class ProblemAnswers {
    private static final MediaType PROBLEM_JSON = MediaType.of(Problem.MEDIA_TYPE);

    private ProblemAnswers() {}

    static MutableHttpResponse<byte[]> of(HttpRequest<?> request, ProblemException e) {
        MutableHttpResponse<byte[]> answer = of(request, e.type(), e.problem());
        String evidenceRef = e.problem().extensions().optionalText(Quarantine.EVIDENCE_REF);
        if (evidenceRef != null) {
            RequestFacts.evidenceRef(request, evidenceRef);
        }
        e.headers().forEach(answer::header);
        e.retryAfter().ifPresent(wait -> answer.header(HttpHeaders.RETRY_AFTER, Long.toString(seconds(wait))));
        return answer;
    }

    static MutableHttpResponse<byte[]> of(HttpRequest<?> request, ProblemType type, String detail) {
        return of(request, type, Problem.of(type, detail));
    }

    private static MutableHttpResponse<byte[]> of(HttpRequest<?> request, ProblemType type, Problem problem) {
        RequestFacts.problem(request, type);
        String requestId = RequestFacts.requestId(request);
        byte[] body = problem.withRequestId(requestId.isEmpty() ? null : requestId)
                .toJson()
                .bytes();
        MutableHttpResponse<byte[]> answer = HttpResponse.<byte[]>status(HttpStatus.valueOf(type.status()))
                .body(body)
                .contentType(PROBLEM_JSON);
        if (type.status() == HttpStatus.UNAUTHORIZED.getCode()) {
            answer.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"strongroom\"");
        }
        return answer;
    }

    /** At least one second, and never less than the wait. */
    private static long seconds(Duration wait) {
        return Math.max(1, Math.ceilDiv(wait.toMillis(), 1000L));
    }
}
