package io.strongroom.server.access;

import io.strongroom.evidence.Rfc3339;
import io.strongroom.server.database.Database;
import io.strongroom.server.database.DatabaseException;
import io.strongroom.server.database.Sql;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the ledger of sessions that their people have ended, or that a copied token has. To end a session is the safe
 * side, so it does not wait for the ledger: what is to be told stands in the session's row from the transaction that ends
 * it, and is told as soon as the ledger takes it, by a later process too. A process that is killed in between may tell it
 * twice.
 */
@Singleton
final class SessionEnds {
    static final String SIGNED_OUT = "Session.SignedOut";
    static final String SIGNED_OUT_EVERYWHERE = "Session.SignedOutEverywhere";
    static final String ENDED = "Session.Ended";

    private static final Logger LOG = LoggerFactory.getLogger(SessionEnds.class);
    private static final Duration AGAIN = Duration.ofSeconds(10);

    private final Database database;
    private final PeopleRecords records;
    private final ScheduledExecutorService again;

    /** Whoever finds it taken leaves the telling to the one who has it. */
    private final ReentrantLock telling = new ReentrantLock();

    SessionEnds(Database database, PeopleRecords records) {
        this.database = database;
        this.records = records;
        this.again = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("session-ends").factory());
    }

    @PostConstruct
    void start() {
        again.scheduleWithFixedDelay(this::tell, AGAIN.toMillis(), AGAIN.toMillis(), TimeUnit.MILLISECONDS);
    }

    @PreDestroy
    void stop() {
        again.shutdownNow();
    }

    /** Notes what is to be told of a session's end, in the transaction that ends it. */
    static void note(Connection connection, String session, String action) throws SQLException {
        Sql.update(connection, "UPDATE access_session SET untold = ? WHERE id = ? AND untold IS NULL", action, session);
    }

    /** What is to be told. */
    private record Untold(String session, String officer, String action, String because, long endedAt, long ended) {
        Map<String, Object> attributes() {
            String at = Rfc3339.format(endedAt);
            return switch (action) {
                case ENDED -> Map.of("because", because, "endedAt", at);
                case SIGNED_OUT_EVERYWHERE -> Map.of("ended", ended, "endedAt", at);
                default -> Map.of("endedAt", at);
            };
        }
    }

    /** Tells what is noted. What the ledger does not take stays noted, and is tried again after {@link #AGAIN}. */
    void tell() {
        if (!telling.tryLock()) {
            return;
        }
        try {
            for (List<Untold> some = untold(); !some.isEmpty(); some = untold()) {
                for (Untold each : some) {
                    records.session(each.officer(), each.action(), each.session(), each.attributes());
                    told(each);
                }
            }
        } catch (DatabaseException e) {
            LOG.warn("what sessions have ended cannot be looked up, and is tried again: {}", e.sqlState());
        } catch (RuntimeException e) {
            // Whatever the trail throws, it means that nothing is recorded.
            LOG.warn("the end of a session could not be recorded yet, and is tried again", e);
        } finally {
            telling.unlock();
        }
    }

    private List<Untold> untold() {
        return database.read(connection -> Sql.all(
                connection,
                "SELECT s.id, u.shown_id, s.untold, s.ended_because, s.ended_at, (SELECT count(*) FROM access_session o"
                        + " WHERE o.user_id = s.user_id AND o.ended_at = s.ended_at AND o.ended_because ="
                        + " s.ended_because) AS ended FROM access_session s JOIN access_user u ON u.id = s.user_id"
                        + " WHERE s.untold IS NOT NULL ORDER BY s.ended_at, s.id FETCH FIRST 100 ROWS ONLY",
                row -> new Untold(
                        row.getString("id"),
                        row.getString("shown_id"),
                        row.getString("untold"),
                        row.getString("ended_because"),
                        row.getLong("ended_at"),
                        row.getLong("ended"))));
    }

    private void told(Untold each) {
        database.write(connection ->
                Sql.update(connection, "UPDATE access_session SET untold = NULL WHERE id = ?", each.session()));
    }
}
