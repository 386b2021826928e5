package io.strongroom.server.telemetry.incident;

import io.strongroom.api.ProblemType;
import io.strongroom.server.access.Caller;
import io.strongroom.server.database.Database;
import io.strongroom.server.database.Sql;
import io.strongroom.server.ledger.AppendOutcome;
import io.strongroom.server.ledger.LedgerClosedException;
import io.strongroom.server.problem.ProblemException;
import io.strongroom.server.telemetry.incident.Incident.State;
import io.strongroom.server.telemetry.incident.IncidentRecords.Said;
import io.strongroom.server.telemetry.incident.rule.Severity;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Shows incidents, and takes what officers decide about them: it counts once it is in the ledger. */
final class Incidents {
    private static final Duration WAIT = Duration.ofSeconds(10);
    private static final String NOT_DONE = "What is decided about an incident is recorded, and that could not be.";

    private final Database database;
    private final IncidentRecords records;
    private final InstantSource clock;

    Incidents(Database database, IncidentRecords records, InstantSource clock) {
        this.database = database;
        this.records = records;
        this.clock = clock;
    }

    /** Which incidents are asked for; empty for any. */
    record Filter(Optional<String> device, Optional<String> rule, Optional<Severity> severity, Optional<State> state) {
        /** Any. */
        static final Filter ALL = new Filter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * The newest first, of those that are recorded; others are never shown.
     *
     * @param before only those whose record comes before this one
     */
    List<Incident> list(Filter filter, long before, int most) {
        Map<String, Optional<String>> only = new LinkedHashMap<>();
        only.put("device", filter.device());
        only.put("rule", filter.rule());
        only.put("severity", filter.severity().map(Severity::name));
        only.put("state", filter.state().map(State::name));
        StringBuilder sql = new StringBuilder("SELECT " + IncidentTable.COLUMNS
                + " FROM incident WHERE recorded_seq IS NOT NULL AND recorded_seq < ?");
        List<Object> values = new ArrayList<>(List.of(before));
        only.forEach((column, value) -> value.ifPresent(wanted -> {
            sql.append(" AND ").append(column).append(" = ?");
            values.add(wanted);
        }));
        sql.append(" ORDER BY recorded_seq DESC LIMIT ").append(most);
        return database.read(
                connection -> Sql.all(connection, sql.toString(), IncidentTable::incident, values.toArray()));
    }

    Optional<Incident> find(String id) {
        return database.read(connection -> find(connection, id));
    }

    private static Optional<Incident> find(Connection connection, String id) throws SQLException {
        return Sql.first(
                connection,
                "SELECT " + IncidentTable.COLUMNS + " FROM incident WHERE id = ? AND recorded_seq IS NOT NULL",
                IncidentTable::incident,
                id);
    }

    /**
     * Says that somebody looks after it.
     *
     * @return where that stands in the ledger
     * @throws ProblemException if there is none, it is not open, another was first, or it could not be recorded
     */
    long acknowledge(Caller caller, String id) {
        Incident incident = known(id);
        if (incident.state() != State.OPEN) {
            throw conflict(incident);
        }
        return record(IncidentRecords.acknowledged(incident, clock.millis(), caller.type(), caller.id()), incident);
    }

    /**
     * Says that it is over.
     *
     * @return where that stands in the ledger
     * @throws ProblemException if there is none, it is closed, another was first, or it could not be recorded
     */
    long close(Caller caller, String id, Reason because) {
        Incident incident = known(id);
        if (incident.state() == State.CLOSED) {
            throw conflict(incident);
        }
        return record(IncidentRecords.closed(incident, clock.millis(), caller.type(), caller.id(), because), incident);
    }

    private Incident known(String id) {
        return find(id).orElseThrow(
                        () -> new ProblemException(ProblemType.NOT_FOUND, "There is no incident of this id."));
    }

    private static ProblemException conflict(Incident incident) {
        return new ProblemException(
                ProblemType.INCIDENT_CONFLICT,
                switch (incident.state()) {
                    case ACKNOWLEDGED -> "The incident is acknowledged already.";
                    case CLOSED -> "The incident is closed.";
                    case FOUND, OPEN -> "Another has decided at the same time.";
                });
    }

    private long record(Said said, Incident incident) {
        CompletableFuture<AppendOutcome> outcome = records.append(List.of(said)).getFirst();
        try {
            return switch (outcome.get(WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                case AppendOutcome.Appended done -> done.receipt().seq();
                case AppendOutcome.Replayed done -> done.receipt().seq();
                case AppendOutcome.Conflict first -> throw conflict(incident);
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof LedgerClosedException closed) {
                throw closed;
            }
            throw unavailable(e);
        } catch (TimeoutException e) {
            throw unavailable(e);
        }
    }

    private static ProblemException unavailable(Exception cause) {
        return new ProblemException(ProblemType.LEDGER_UNAVAILABLE, NOT_DONE, cause).retryAfter(WAIT);
    }
}
