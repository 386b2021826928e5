package io.strongroom.server.access;

import io.strongroom.api.ProblemType;
import io.strongroom.evidence.approval.PersonId;
import io.strongroom.server.database.Database;
import io.strongroom.server.database.Sql;
import io.strongroom.server.keys.Installation;
import io.strongroom.server.problem.ProblemException;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The sessions of people. A session has an access token, good for {@link #ACCESS_LIFE}, and a refresh token, which gives
 * the next two, once, until the session ends {@link #LONGEST} after the sign-in. A refresh token that is shown again was
 * copied: the session ends. But where nobody has used what it gave, the answer may have been lost: within {@link #UNHEARD} it
 * gives other tokens in their place. Sessions outlive a restart.
 */
@Singleton
public final class Sessions {
    /** How long an access token holds. */
    public static final Duration ACCESS_LIFE = Duration.ofMinutes(10);

    /** When a person has to sign in again, whatever they did in between (NIST SP 800-63B §2.2.3). */
    public static final Duration LONGEST = Duration.ofHours(12);

    /** How long a refresh token counts again of which no answer was used. */
    static final Duration UNHEARD = Duration.ofMinutes(1);

    /** How many sessions one person may have at once; the oldest end first. */
    static final int MOST_OF_ONE = 20;

    private static final Duration FORGOTTEN = Duration.ofDays(30);

    private final Database database;
    private final InstantSource clock;
    private final SecureRandom random;
    private final PeopleRecords records;
    private final SessionEnds ends;
    private final String tenant;
    private final Held<Map<String, Session>> held;

    /** By session; in memory alone, so that after a restart each refresh token counts once. Put into under its own lock. */
    private final Map<String, Unheard> unheard = new ConcurrentHashMap<>();

    Sessions(
            Database database,
            InstantSource clock,
            SecureRandom random,
            PeopleRecords records,
            SessionEnds ends,
            Installation installation) {
        this.database = database;
        this.clock = clock;
        this.random = random;
        this.records = records;
        this.ends = ends;
        this.tenant = installation.tenant().value();
        this.held = new Held<>("sessions", clock, this::readOpen);
    }

    @PostConstruct
    void start() {
        held.start();
    }

    @PreDestroy
    void stop() {
        held.close();
    }

    /**
     * A session as it is kept. Times are epoch milliseconds.
     *
     * @param address from where it was begun
     * @param accessHash of the newest access token
     * @param refreshedAt when that was given
     * @param recovered whether it was begun with a recovery code
     */
    record Session(
            String id,
            User user,
            String address,
            byte[] accessHash,
            long madeAt,
            long refreshedAt,
            long endsAt,
            boolean recovered,
            SteppedUp stepUp) {
        long accessEndsAt() {
            return Math.min(endsAt, refreshedAt + ACCESS_LIFE.toMillis());
        }
    }

    /**
     * A refresh of whose answer nobody has shown a token yet.
     *
     * @param shown the hash of the refresh token by which it was asked for
     * @param given the hash of the newest that was given for it
     * @param at epoch milliseconds, when it was first asked for
     */
    private record Unheard(byte[] shown, byte[] given, long at) {
        boolean lasts(long now) {
            return now >= at && now - at < UNHEARD.toMillis();
        }
    }

    /** New tokens of a session, told this once. Times are epoch milliseconds. */
    record Opened(TokenText access, TokenText refresh, long accessEndsAt, long endsAt) {}

    /** Who calls with this access token; empty if it is malformed, unknown, ended or expired. */
    public Optional<Caller> authenticate(String presented) {
        Optional<TokenText> text = TokenText.parse(TokenText.Kind.ACCESS, presented);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Session session = held.current().get(text.get().id());
        boolean fits = TokenText.fits(presented, session == null ? null : session.accessHash());
        if (session == null
                || !fits
                || !Lifetime.holds(session.refreshedAt(), session.accessEndsAt(), clock.millis())) {
            return Optional.empty();
        }
        unheard.remove(session.id());
        User user = session.user();
        Caller.Person person =
                new Caller.Person(user.id(), user.roles(), user.attributes(), session.id(), session.stepUp(), "");
        return Optional.of(new Caller(person, user.name(), tenant));
    }

    /** Begins a session, in a transaction of the caller's, who calls {@link #refreshHeld} after it. */
    Opened open(Connection connection, PersonId officer, String address, boolean recovered) throws SQLException {
        long now = clock.millis();
        String user = UserRows.key(officer);
        forgetOld(connection, now);
        endOldest(connection, officer, now);
        TokenText access = TokenText.draw(TokenText.Kind.ACCESS, random);
        TokenText refresh = TokenText.of(TokenText.Kind.REFRESH, access.id(), random);
        long endsAt = now + LONGEST.toMillis();
        Sql.update(
                connection,
                "INSERT INTO access_session (tenant_id, id, user_id, address, access_hash, refresh_hash, made_at,"
                        + " refreshed_at, ends_at, recovered, stepped_up_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                tenant,
                access.id(),
                user,
                address,
                access.hash(),
                refresh.hash(),
                now,
                now,
                endsAt,
                recovered,
                recovered ? SteppedUp.NEVER.at() : now);
        return new Opened(access, refresh, now + ACCESS_LIFE.toMillis(), endsAt);
    }

    /**
     * The next tokens of a session.
     *
     * @throws ProblemException {@code invalid-token} if the refresh token is not the newest of a session that lasts, nor the
     *     one before it whose answer may have been lost
     */
    Opened refresh(String presented) {
        TokenText shown = TokenText.parse(TokenText.Kind.REFRESH, presented).orElseThrow(Sessions::refused);
        TokenText access = TokenText.of(TokenText.Kind.ACCESS, shown.id(), random);
        TokenText refresh = TokenText.of(TokenText.Kind.REFRESH, shown.id(), random);
        Optional<Opened> opened;
        synchronized (unheard) {
            long now = clock.millis();
            Optional<Unheard> lost = Optional.ofNullable(unheard.get(shown.id()))
                    .filter(each -> each.lasts(now) && MessageDigest.isEqual(each.shown(), shown.hash()));
            byte[] newest = lost.map(Unheard::given).orElseGet(shown::hash);
            opened = database.durable(connection -> rotate(connection, shown, newest, access, refresh));
            // From here the access token before is not taken for one of these.
            refreshHeld();
            unheard.values().removeIf(each -> !each.lasts(now));
            if (opened.isPresent()) {
                long since = lost.map(Unheard::at).orElse(now);
                unheard.put(shown.id(), new Unheard(shown.hash(), refresh.hash(), since));
            }
        }
        if (opened.isEmpty()) {
            ends.tell();
            throw refused();
        }
        return opened.get();
    }

    /** @param newest the hash of what must be the newest refresh token, which counts no more then */
    private Optional<Opened> rotate(
            Connection connection, TokenText shown, byte[] newest, TokenText access, TokenText refresh)
            throws SQLException {
        long now = clock.millis();
        int changed = Sql.update(
                connection,
                "UPDATE access_session SET access_hash = ?, refresh_hash = ?, refreshed_at = ? WHERE id = ?"
                        + " AND refresh_hash = ? AND ended_at IS NULL AND ends_at > ? AND refreshed_at <= ?"
                        + " AND user_id IN (SELECT id FROM access_user WHERE disabled_at IS NULL)",
                access.hash(),
                refresh.hash(),
                now,
                shown.id(),
                newest,
                now,
                Lifetime.latestBeginning(now));
        if (changed == 0) {
            endIfReused(connection, shown, now);
            return Optional.empty();
        }
        Sql.update(
                connection,
                "INSERT INTO access_refresh_used (tenant_id, hash, session_id) VALUES (?, ?, ?)",
                tenant,
                newest,
                shown.id());
        long endsAt = Sql.first(
                        connection,
                        "SELECT ends_at FROM access_session WHERE id = ?",
                        row -> row.getLong("ends_at"),
                        shown.id())
                .orElseThrow();
        return Optional.of(new Opened(access, refresh, Math.min(endsAt, now + ACCESS_LIFE.toMillis()), endsAt));
    }

    private void endIfReused(Connection connection, TokenText shown, long now) throws SQLException {
        boolean reused = Sql.first(
                        connection,
                        "SELECT s.id FROM access_refresh_used r JOIN access_session s ON s.id = r.session_id"
                                + " WHERE r.hash = ? AND s.id = ? AND s.ended_at IS NULL AND s.ends_at > ?",
                        row -> row.getString("id"),
                        shown.hash(),
                        shown.id(),
                        now)
                .isPresent();
        if (reused) {
            end(connection, shown.id(), "refresh-token-reused", now);
            SessionEnds.note(connection, shown.id(), SessionEnds.ENDED);
        }
    }

    /** Ends one session of a person's, whether or not the ledger takes it; false if there is none that lasts. */
    boolean end(Caller.Person person, String session) {
        boolean ended = database.durable(connection -> {
            int changed = Sql.update(
                    connection,
                    "UPDATE access_session SET ended_at = ?, ended_because = ? WHERE id = ? AND user_id = ?"
                            + " AND ended_at IS NULL AND ends_at > ?",
                    clock.millis(),
                    "signed-out",
                    session,
                    UserRows.key(person.id()),
                    clock.millis());
            if (changed == 1) {
                SessionEnds.note(connection, session, SessionEnds.SIGNED_OUT);
            }
            return changed == 1;
        });
        refreshHeld();
        ends.tell();
        return ended;
    }

    /** Ends all sessions of a person's, whether or not the ledger takes it; returns how many. */
    int endEverywhere(Caller.Person person) {
        int ended = database.durable(connection -> {
            int changed = endAll(connection, person.id(), "", "signed-out-everywhere");
            SessionEnds.note(connection, person.session(), SessionEnds.SIGNED_OUT_EVERYWHERE);
            return changed;
        });
        refreshHeld();
        ends.tell();
        return ended;
    }

    /** Ends all sessions of a person's but one, in a transaction of the caller's; returns how many. */
    int endAll(Connection connection, PersonId officer, String except, String because) throws SQLException {
        return Sql.update(
                connection,
                "UPDATE access_session SET ended_at = ?, ended_because = ? WHERE user_id = ? AND id <> ?"
                        + " AND ended_at IS NULL",
                clock.millis(),
                because,
                UserRows.key(officer),
                except);
    }

    /** Notes that a person has just shown the second factor, in a transaction of the caller's. */
    void steppedUp(Connection connection, String session, long now) throws SQLException {
        Sql.update(connection, "UPDATE access_session SET stepped_up_at = ? WHERE id = ?", now, session);
    }

    /** The sessions of a person's that last, the newest first. */
    List<Session> of(PersonId officer) {
        return database.read(connection -> Sql.all(
                connection,
                SELECT_OPEN + " AND s.user_id = ? ORDER BY s.made_at DESC, s.id",
                Sessions::session,
                clock.millis(),
                UserRows.key(officer)));
    }

    /** Makes what was just committed count here. */
    void refreshHeld() {
        var unused = held.refresh();
    }

    private static final String SELECT_OPEN = "SELECT s.id, s.address, s.access_hash, s.made_at AS begun_at,"
            + " s.refreshed_at, s.ends_at, s.recovered, s.stepped_up_at, u.shown_id, u.name, u.roles, u.attributes,"
            + " u.made_at, u.disabled_at FROM access_session s JOIN access_user u ON u.id = s.user_id"
            + " WHERE s.ended_at IS NULL AND u.disabled_at IS NULL AND s.ends_at > ?";

    private Map<String, Session> readOpen() {
        return database.read(connection -> {
            Map<String, Session> open = new HashMap<>();
            for (Session session : Sql.all(connection, SELECT_OPEN, Sessions::session, clock.millis())) {
                open.put(session.id(), session);
            }
            return Map.copyOf(open);
        });
    }

    private static Session session(ResultSet row) throws SQLException {
        return new Session(
                row.getString("id"),
                UserRows.user(row),
                row.getString("address"),
                row.getBytes("access_hash"),
                row.getLong("begun_at"),
                row.getLong("refreshed_at"),
                row.getLong("ends_at"),
                row.getBoolean("recovered"),
                new SteppedUp(row.getLong("stepped_up_at")));
    }

    private static void end(Connection connection, String session, String because, long now) throws SQLException {
        Sql.update(
                connection,
                "UPDATE access_session SET ended_at = ?, ended_because = ? WHERE id = ?",
                now,
                because,
                session);
    }

    private void endOldest(Connection connection, PersonId officer, long now) throws SQLException {
        List<String> open = Sql.all(
                connection,
                "SELECT id FROM access_session WHERE user_id = ? AND ended_at IS NULL AND ends_at > ?"
                        + " ORDER BY made_at DESC, id",
                row -> row.getString("id"),
                UserRows.key(officer),
                now);
        for (String tooMany : open.subList(Math.min(open.size(), MOST_OF_ONE - 1), open.size())) {
            end(connection, tooMany, "too-many-sessions", now);
            records.session(officer.value(), SessionEnds.ENDED, tooMany, Map.of("because", "too-many-sessions"));
        }
    }

    private static void forgetOld(Connection connection, long now) throws SQLException {
        Sql.update(
                connection,
                "DELETE FROM access_session WHERE ends_at < ? AND untold IS NULL",
                now - FORGOTTEN.toMillis());
        Sql.update(
                connection, "DELETE FROM access_refresh_used WHERE session_id NOT IN (SELECT id FROM access_session)");
    }

    private static ProblemException refused() {
        return new ProblemException(
                ProblemType.INVALID_TOKEN, "The refresh token is unknown, was used before, or its session has ended.");
    }
}
