package io.strongroom.server.problem;

import io.strongroom.api.FieldError;
import io.strongroom.api.Problem;
import io.strongroom.api.ProblemType;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request ends with this problem. Thrown by a controller or a service; the gateway turns it into the answer. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ProblemType type;
    private final transient Problem problem;
    private final transient Map<String, String> headers = new LinkedHashMap<>();
    private @Nullable Duration retryAfter;

    /**
     * @param detail what happened this time, in a sentence without personal data or anything of the document's values
     */
    public ProblemException(ProblemType type, String detail) {
        this(type, Problem.of(type, detail));
    }

    public ProblemException(ProblemType type, String detail, List<FieldError> errors) {
        this(type, Problem.of(type, detail).withErrors(errors));
    }

    public ProblemException(ProblemType type, String detail, Throwable cause) {
        this(type, Problem.of(type, detail), cause);
    }

    /** A problem with further members. */
    public ProblemException(ProblemType type, Problem problem) {
        this(type, problem, null);
    }

    /** A problem with further members, and what led to it. */
    public ProblemException(ProblemType type, Problem problem, @Nullable Throwable cause) {
        // No stack trace: it tells what the caller did, not where we went wrong.
        super(problem.code() + ": " + problem.detail(), cause, true, false);
        this.type = type;
        this.problem = problem;
    }

    /** When the caller should come again; told in seconds, rounded up. */
    public ProblemException retryAfter(Duration wait) {
        this.retryAfter = wait;
        return this;
    }

    /** A header that the answer must have, e.g. {@code Content-Range}. */
    public ProblemException header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    public ProblemType type() {
        return type;
    }

    public Problem problem() {
        return problem;
    }

    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    public Map<String, String> headers() {
        return Map.copyOf(headers);
    }
}
