package io.strongroom.server.gateway;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.strongroom.api.ProblemType;
import io.strongroom.api.json.JsonShapeException;
import io.strongroom.evidence.json.JsonException;
import io.strongroom.server.database.DatabaseException;
import io.strongroom.server.keys.KeyUnavailableException;
import io.strongroom.server.ledger.LedgerClosedException;
import io.strongroom.server.ledger.QueueFullException;
import io.strongroom.server.problem.JsonBody;
import io.strongroom.server.problem.ProblemException;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns what a controller throws into a problem. What nobody expected is logged here, once, and told as internal. */
@Singleton
final class ServerProblems implements ExceptionHandler<RuntimeException, HttpResponse<?>> {
    private static final Logger LOG = LoggerFactory.getLogger(ServerProblems.class);
    private static final Duration LATER = Duration.ofSeconds(5);

    @Override
    public HttpResponse<?> handle(@SuppressWarnings("rawtypes") HttpRequest request, RuntimeException e) {
        return ProblemAnswers.of(request, problem(request, e));
    }

    private static ProblemException problem(HttpRequest<?> request, RuntimeException e) {
        return switch (e) {
            case ProblemException problem -> problem;
            case JsonException json -> JsonBody.malformed(json);
            case JsonShapeException shape -> JsonBody.shape(shape);
            case QueueFullException full ->
                new ProblemException(ProblemType.OVERLOADED, "The ledger's queue is full.")
                        .retryAfter(full.retryAfter());
            case LedgerClosedException closed -> {
                LOG.warn("request {}: {}", RequestFacts.requestId(request), closed.getMessage());
                yield new ProblemException(
                                ProblemType.LEDGER_UNAVAILABLE,
                                "The ledger does not take records now, or could not tell whether it took this one.")
                        .retryAfter(LATER);
            }
            case KeyUnavailableException key -> {
                LOG.error("request {}: {}", RequestFacts.requestId(request), key.getMessage());
                yield new ProblemException(ProblemType.KEY_UNAVAILABLE, "A key is not available.");
            }
            case DatabaseException database -> ofDatabase(request, database);
            default -> internal(request, e);
        };
    }

    private static ProblemException ofDatabase(HttpRequest<?> request, DatabaseException e) {
        if (!e.unavailable()) {
            return internal(request, e);
        }
        LOG.warn("request {}: the database is not available", RequestFacts.requestId(request), e);
        return new ProblemException(ProblemType.STORAGE_UNAVAILABLE, "The database does not answer.").retryAfter(LATER);
    }

    private static ProblemException internal(HttpRequest<?> request, RuntimeException e) {
        LOG.error("request {} failed", RequestFacts.requestId(request), e);
        return new ProblemException(
                ProblemType.INTERNAL,
                "Something failed here that should not have; the operator finds it under the request id.");
    }
}
