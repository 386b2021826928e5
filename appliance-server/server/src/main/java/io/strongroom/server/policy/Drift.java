package io.strongroom.server.policy;

import io.strongroom.evidence.GitCommit;
import io.strongroom.evidence.json.CanonicalObject;
import io.strongroom.evidence.json.JsonException;
import io.strongroom.server.database.Database;
import io.strongroom.server.database.DatabaseException;
import io.strongroom.server.ledger.LedgerReader;
import io.strongroom.server.metrics.MeterSource;
import io.strongroom.server.metrics.Meters;
import io.strongroom.server.policy.repository.PolicyRepository;
import io.strongroom.server.projection.Field;
import io.strongroom.server.projection.Order;
import io.strongroom.server.projection.Position;
import io.strongroom.server.projection.Timeline;
import io.strongroom.server.projection.TimelineQuery;
import io.strongroom.server.projection.TimelineQuery.Condition;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares each minute what decides, what {@code main} holds and what the ledger says was activated last. What differs is
 * told by a metric, by the status, and once by a record. What can be made good is, and the record says so with the outcome
 * success: {@code main}, and the copy of the repository. A bundle that the ledger knows and the database does not closes the policy: nothing takes its place.
 */
final class Drift implements MeterSource, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Drift.class);

    /** The timeline finds by hashes, of which two can be alike. */
    private static final int CANDIDATES = 20;

    private final PolicyInForce inForce;
    private final ActivationTable table;
    private final Activations activations;
    private final PolicyRepository repository;
    private final Database database;
    private final Timeline timeline;
    private final LedgerReader ledger;
    private final PolicyTrail trail;
    private final ScheduledExecutorService each = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("policy-drift").factory());
    private volatile String detail = "";

    Drift(
            PolicyInForce inForce,
            ActivationTable table,
            Activations activations,
            PolicyRepository repository,
            Database database,
            Timeline timeline,
            LedgerReader ledger,
            PolicyTrail trail) {
        this.inForce = inForce;
        this.table = table;
        this.activations = activations;
        this.repository = repository;
        this.database = database;
        this.timeline = timeline;
        this.ledger = ledger;
        this.trail = trail;
    }

    void start() {
        each.scheduleWithFixedDelay(this::lookQuietly, 5, 60, TimeUnit.SECONDS);
    }

    /** What differs from what, in a few words; empty if nothing does. */
    String detail() {
        return detail;
    }

    private void lookQuietly() {
        try {
            look();
        } catch (DatabaseException | IOException e) {
            LOG.warn("what is in force could not be compared: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("what is in force could not be compared", e);
        }
    }

    /** Compares once, and makes good what can be. */
    synchronized void look() throws IOException {
        String found = differences();
        if (!found.isEmpty()) {
            String before = found;
            Optional<GitCommit> elsewhere = activations.makeGood();
            found = differences();
            if (found.isEmpty() && detail.isEmpty()) {
                elsewhere.ifPresent(main -> tell(before, main, "success"));
            }
        }
        if (!found.equals(detail)) {
            detail = found;
            tell(found, repository.main(), found.isEmpty() ? "success" : "failure");
        }
        repository.backUp();
    }

    private void tell(String found, GitCommit main, String outcome) {
        Map<String, Object> attributes = new HashMap<>();
        attributes.put("inForce", inForce.bundle().digest().toString());
        attributes.put("commit", inForce.bundle().commit());
        attributes.put("main", main.hex());
        attributes.put("drift", found);
        trail.seen("policy.drift", outcome, "drift", attributes);
        LOG.warn("policy drift, {}: {}", outcome, found.isEmpty() ? "none any more" : found);
    }

    private String differences() {
        Optional<Activation> known = table.last();
        long recorded = lastInLedger();
        long seq = known.map(Activation::seq).orElse(-1L);
        if (recorded > seq) {
            if (table.begun().isEmpty()) {
                inForce.close("missing");
            }
            return "the ledger has an activation that the database has not";
        }
        if (!inForce.fault().isEmpty()) {
            return "the bundle in force is " + inForce.fault();
        }
        if (known.isEmpty()) {
            return "";
        }
        if (!inForce.bundle().digest().equals(known.get().bundle())) {
            return "another bundle decides than was activated last";
        }
        return repository.main().equals(known.get().commit()) ? "" : "main is not at the commit in force";
    }

    /** The place of the last activation that the read model knows of; −1 if there is none. */
    private long lastInLedger() {
        TimelineQuery query = TimelineQuery.all(Order.SEQ_DESC)
                .having(
                        List.of(
                                new Condition(Field.STREAM, PolicyTrail.STREAM),
                                new Condition(Field.ACTION, Activation.ACTION)),
                        Set.of());
        List<Position> places = database.read(
                connection -> timeline.find(connection, query, CANDIDATES).positions());
        return places.stream()
                .mapToLong(Position::seq)
                .filter(this::isActivation)
                .findFirst()
                .orElse(-1);
    }

    private boolean isActivation(long seq) {
        byte[] body = ledger.find(seq).map(LedgerReader.Row::body).orElse(null);
        try {
            CanonicalObject record = body == null ? null : CanonicalObject.of(body);
            return record != null
                    && record.require("action").isString(Activation.ACTION)
                    && record.require("stream").isString(PolicyTrail.STREAM);
        } catch (JsonException e) {
            return false;
        }
    }

    @Override
    public void describe(Meters meters) {
        meters.gauge(
                        "strongroom_policy_drift",
                        "1 while what decides, main and the last activation in the ledger differ.",
                        detail.isEmpty() ? 0 : 1)
                .gauge(
                        "strongroom_policy_unavailable",
                        "1 while the bundle that was activated cannot be used, and writes are refused.",
                        inForce.fault().isEmpty() ? 0 : 1);
    }

    @Override
    public void close() {
        each.shutdownNow();
    }
}
