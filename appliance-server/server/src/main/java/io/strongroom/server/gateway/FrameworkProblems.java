package io.strongroom.server.gateway;

import io.micronaut.context.annotation.Replaces;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import io.strongroom.api.ProblemType;
import jakarta.inject.Singleton;

/**
 * Turns what the HTTP framework itself answers with (no such route, wrong method, too large, not convertible) into
 * problems. Its own messages are not passed on: they can name classes and repeat what was sent.
 */
@Singleton
@Replaces(ErrorResponseProcessor.class)
final class FrameworkProblems implements ErrorResponseProcessor<byte[]> {
    private static final int CLIENT_ERROR = 400;
    private static final int SERVER_ERROR = 500;

    @Override
    public MutableHttpResponse<byte[]> processResponse(ErrorContext context, MutableHttpResponse<?> response) {
        // Without an id the request was refused before the gate: its head did not fit.
        boolean headless = RequestFacts.requestId(context.getRequest()).isEmpty();
        ProblemType type = headless && response.code() == HttpStatus.REQUEST_ENTITY_TOO_LARGE.getCode()
                ? ProblemType.HEAD_TOO_LARGE
                : type(response.code());
        String detail = headless ? headless(type) : detail(type, context);
        MutableHttpResponse<byte[]> answer = ProblemAnswers.of(context.getRequest(), type, detail);
        response.getHeaders().forEachValue((name, value) -> {
            if (!answer.getHeaders().contains(name)) {
                answer.header(name, value);
            }
        });
        return answer;
    }

    private static String headless(ProblemType type) {
        return type == ProblemType.HEAD_TOO_LARGE ? "Nothing of the request was read." : "This is not HTTP.";
    }

    private static ProblemType type(int status) {
        return switch (HttpStatus.valueOf(status)) {
            case UNAUTHORIZED -> ProblemType.INVALID_TOKEN;
            case FORBIDDEN -> ProblemType.FORBIDDEN;
            case NOT_FOUND -> ProblemType.NOT_FOUND;
            case METHOD_NOT_ALLOWED -> ProblemType.METHOD_NOT_ALLOWED;
            case NOT_ACCEPTABLE -> ProblemType.NOT_ACCEPTABLE;
            case REQUEST_ENTITY_TOO_LARGE -> ProblemType.BODY_TOO_LARGE;
            case UNSUPPORTED_MEDIA_TYPE -> ProblemType.UNSUPPORTED_MEDIA_TYPE;
            case REQUESTED_RANGE_NOT_SATISFIABLE -> ProblemType.RANGE_NOT_SATISFIABLE;
            case TOO_MANY_REQUESTS -> ProblemType.RATE_LIMITED;
            case SERVICE_UNAVAILABLE -> ProblemType.OVERLOADED;
            default ->
                status >= CLIENT_ERROR && status < SERVER_ERROR ? ProblemType.INVALID_PARAMETER : ProblemType.INTERNAL;
        };
    }

    private static String detail(ProblemType type, ErrorContext context) {
        return switch (type) {
            case NOT_FOUND -> "This address leads nowhere.";
            case METHOD_NOT_ALLOWED ->
                "This address does not take " + context.getRequest().getMethodName() + ".";
            case UNSUPPORTED_MEDIA_TYPE -> "This address does not take this content type.";
            case INVALID_PARAMETER ->
                context.getErrors().stream()
                        .flatMap(error -> error.getPath().stream())
                        .filter(path -> path.matches("/?[A-Za-z0-9_-]{1,40}"))
                        .findFirst()
                        .map(path -> "The parameter " + path.replace("/", "") + " is missing or has no usable value.")
                        .orElse("A parameter, a header or the body is missing or not readable.");
            case INTERNAL -> "Something failed here that should not have; the operator finds it under the request id.";
            default -> type.title() + ".";
        };
    }
}
