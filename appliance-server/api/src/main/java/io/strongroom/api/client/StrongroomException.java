package io.strongroom.api.client;

import io.strongroom.api.Problem;
import io.strongroom.api.ProblemType;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call did not succeed. The subclass says what kind of trouble it is, and with it whether anybody must change
 * something; {@link Answered#problem} says the rest.
 */
public abstract sealed class StrongroomException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private StrongroomException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** The appliance answered with a problem. */
    public abstract static sealed class Answered extends StrongroomException {
        private static final long serialVersionUID = 1;

        private final transient Problem problem;

        private Answered(Problem problem) {
            super(
                    problem.detail().isEmpty()
                            ? problem.title() + " (" + problem.code() + "). " + problem.action()
                            : problem.title() + ": " + problem.detail() + " (" + problem.code() + "). "
                                    + problem.action(),
                    null);
            this.problem = problem;
        }

        /** The problem as the appliance told it. */
        public Problem problem() {
            return problem;
        }

        /** Its type, if this version of the client knows it. */
        public Optional<ProblemType> type() {
            return problem.type();
        }
    }

    /** 401: the token is missing, wrong, revoked or expired. */
    public static final class Unauthenticated extends Answered {
        private static final long serialVersionUID = 1;

        Unauthenticated(Problem problem) {
            super(problem);
        }
    }

    /** 403: the caller may not do this. */
    public static final class Forbidden extends Answered {
        private static final long serialVersionUID = 1;

        Forbidden(Problem problem) {
            super(problem);
        }
    }

    /** 404 or 410: there is nothing there, or not any more. */
    public static final class NotFound extends Answered {
        private static final long serialVersionUID = 1;

        NotFound(Problem problem) {
            super(problem);
        }
    }

    /** 409: it collides with what stands already. */
    public static final class Conflict extends Answered {
        private static final long serialVersionUID = 1;

        Conflict(Problem problem) {
            super(problem);
        }
    }

    /** 202: the document was set aside for an officer to look at; it is not in the ledger. */
    public static final class Quarantined extends Answered {
        private static final long serialVersionUID = 1;

        Quarantined(Problem problem) {
            super(problem);
        }

        /** Where the quarantined document is kept; null where the appliance did not say. */
        public @Nullable String evidenceRef() {
            return problem().extensions().optionalText("evidenceRef");
        }
    }

    /** Any other 4xx: the request is wrong, and repeating it changes nothing. */
    public static final class Refused extends Answered {
        private static final long serialVersionUID = 1;

        Refused(Problem problem) {
            super(problem);
        }
    }

    /** 429, 503, or a 409 that passes by itself: not now; the client has already waited and repeated it as far as that was safe. */
    public static final class TryLater extends Answered {
        private static final long serialVersionUID = 1;

        private final @Nullable Duration retryAfter;

        TryLater(Problem problem, @Nullable Duration retryAfter) {
            super(problem);
            this.retryAfter = retryAfter;
        }

        /** How long the appliance asks to wait, if it said. */
        public Optional<Duration> retryAfter() {
            return Optional.ofNullable(retryAfter);
        }
    }

    /** Any other 5xx: the appliance failed. */
    public static final class ServerFailed extends Answered {
        private static final long serialVersionUID = 1;

        ServerFailed(Problem problem) {
            super(problem);
        }
    }

    /** No answer came: no connection, a wrong certificate, or a connection that broke. */
    public static sealed class Unreachable extends StrongroomException {
        private static final long serialVersionUID = 1;

        Unreachable(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * Somebody answered who is not the appliance that is trusted: its authority has another fingerprint. Nothing was sent,
     * and nothing is to be.
     */
    public static final class AnotherAppliance extends Unreachable {
        private static final long serialVersionUID = 1;

        AnotherAppliance(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** An answer came that this client does not understand: another program, or a far newer one. */
    public static final class UnexpectedAnswer extends StrongroomException {
        private static final long serialVersionUID = 1;

        UnexpectedAnswer(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** Something did not come about in the time that the caller gave it. */
    public static final class TimedOut extends StrongroomException {
        private static final long serialVersionUID = 1;

        TimedOut(String message) {
            super(message, null);
        }
    }

    /** The calling thread was interrupted; its interrupt flag is set. */
    public static final class Interrupted extends StrongroomException {
        private static final long serialVersionUID = 1;

        Interrupted(InterruptedException cause) {
            super("interrupted while waiting for the appliance", cause);
        }
    }

    /** The exception for a problem that was answered. */
    static Answered of(Problem problem, @Nullable Duration retryAfter) {
        return switch (problem.status()) {
            case 202 -> new Quarantined(problem);
            case 401 -> new Unauthenticated(problem);
            case 403 -> new Forbidden(problem);
            case 404, 410 -> new NotFound(problem);
            case 409 ->
                problem.type().filter(ProblemType::passes).isPresent()
                        ? new TryLater(problem, retryAfter)
                        : new Conflict(problem);
            case 429, 503 -> new TryLater(problem, retryAfter);
            default -> problem.status() >= 500 ? new ServerFailed(problem) : new Refused(problem);
        };
    }
}
