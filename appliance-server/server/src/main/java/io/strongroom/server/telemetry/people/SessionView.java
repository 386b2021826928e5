package io.strongroom.server.telemetry.people;

import io.strongroom.server.database.Sql;
import io.strongroom.server.keys.Installation;
import io.strongroom.server.settings.Setting;
import io.strongroom.server.settings.Settings;
import io.strongroom.server.telemetry.Expiry;
import io.strongroom.server.telemetry.Observation;
import io.strongroom.server.telemetry.Upsert;
import io.strongroom.server.telemetry.View;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sessions of users on devices, from the logs of sign-ins and from plain telemetry. One sign-in is told several times, by
 * sshd, PAM and logind: signs of the same user within a minute are one session.
 */
@Singleton
final class SessionView implements View {
    /** Sessions of a device that are open at once, at most; the oldest ends where it was seen last. */
    static final int MOST_OPEN = 64;

    /** Plain telemetry tells again and again who is there; after so long without, it was another session. */
    private static final long SILENT_MILLIS = 30 * 60_000;

    private static final int AT_ONCE = 200;

    private static final Upsert ROW = new Upsert(
            "UPDATE telemetry_session SET user_key = ?, named_seq = ?, pointer = ?, started_at = ?, ended_at = ?, last_at = ?,"
                    + " recorded_at = ?, evidence = ?, context = ? WHERE tenant_id = ? AND device_id = ? AND session_id = ?",
            "INSERT INTO telemetry_session (user_key, named_seq, pointer, started_at, ended_at, last_at, recorded_at,"
                    + " evidence, context, tenant_id, device_id, session_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");

    private final String tenant;
    private final long keptMillis;

    @Inject
    SessionView(Installation installation, Settings settings) {
        this(
                installation.tenant().value(),
                Duration.ofDays(settings.number(Setting.TELEMETRY_INVENTORY_DAYS, 1, 36_500)));
    }

    SessionView(String tenant, Duration kept) {
        this.tenant = tenant;
        this.keptMillis = kept.toMillis();
    }

    @Override
    public String name() {
        return "sessions 1";
    }

    @Override
    public List<String> tables() {
        return List.of("telemetry_session");
    }

    @Override
    public boolean reads(String stream, String action) {
        return SessionEvent.isIn(action);
    }

    @Override
    public void take(Connection connection, List<Observation> observations) throws SQLException {
        Set<String> devices = new LinkedHashSet<>();
        for (Observation each : observations) {
            SessionEvent.of(each).ifPresent(event -> devices.add(each.device()));
        }
        Map<String, Turn> turns = new LinkedHashMap<>();
        devices.forEach(device -> turns.put(device, new Turn()));
        open(connection, List.copyOf(devices))
                .forEach(session -> turns.computeIfAbsent(session.device, any -> new Turn())
                        .open
                        .add(session));
        for (Observation each : observations) {
            SessionEvent.of(each).ifPresent(event -> turns.computeIfAbsent(each.device(), any -> new Turn())
                    .take(each, event));
        }
        List<@Nullable Object[]> rows = new ArrayList<>();
        turns.values().forEach(turn -> turn.changed.values().forEach(session -> rows.add(session.columns(tenant))));
        ROW.run(connection, rows);
    }

    @Override
    public boolean expire(Connection connection, long now, int most) throws SQLException {
        return Expiry.delete(connection, "telemetry_session", "recorded_at", now - keptMillis, most);
    }

    private static List<Session> open(Connection connection, List<String> devices) throws SQLException {
        List<Session> all = new ArrayList<>();
        for (int at = 0; at < devices.size(); at += AT_ONCE) {
            List<String> some = devices.subList(at, Math.min(devices.size(), at + AT_ONCE));
            all.addAll(Sql.all(
                    connection,
                    "SELECT " + Session.COLUMNS + " FROM telemetry_session WHERE ended_at IS NULL AND device_id IN ("
                            + String.join(", ", Collections.nCopies(some.size(), "?"))
                            + ")",
                    Session::of,
                    some.toArray()));
        }
        return all;
    }

    /** The open sessions of one device, as they become. */
    private static final class Turn {
        private final List<Session> open = new ArrayList<>();
        private final Map<String, Session> changed = new LinkedHashMap<>();

        private void take(Observation told, SessionEvent event) {
            open.sort(Session.BY_START);
            switch (event.turn()) {
                case OPENS -> opens(told, event);
                case GOES_ON -> goesOn(told, event);
                case ENDS -> ends(told, event);
            }
            open.removeIf(session -> !session.isOpen());
        }

        private void opens(Observation told, SessionEvent event) {
            open.stream()
                    .filter(session -> session.beganWith(told, event))
                    .findFirst()
                    .ifPresentOrElse(session -> join(session, told, event), () -> begin(told, event));
        }

        private void join(Session session, Observation told, SessionEvent event) {
            session.join(told, event);
            changed.put(session.id, session);
        }

        private Session begin(Observation told, SessionEvent event) {
            while (open.size() >= MOST_OPEN) {
                end(open.getFirst(), open.getFirst().lastAt(), told);
                open.removeFirst();
            }
            Session session = new Session(told, event);
            open.add(session);
            changed.put(session.id, session);
            return session;
        }

        private void goesOn(Observation told, SessionEvent event) {
            for (Session each : open) {
                if (each.endsWithSilence() && told.occurredAt() - each.lastAt() > SILENT_MILLIS) {
                    end(each, each.lastAt(), told);
                }
            }
            Session session = open.stream()
                    .filter(each -> each.isOpen() && each.isOf(told) && each.has(event))
                    .findFirst()
                    .orElseGet(() -> begin(told, event));
            join(session, told, event);
            if (event.kind().equals(SessionEvent.DESCRIBED)) {
                // The device says itself when it was.
                time(told, "start")
                        .ifPresent(
                                start -> session.lasted(start, time(told, "end").orElse(null)));
            }
        }

        private void ends(Observation told, SessionEvent event) {
            open.stream()
                    .filter(session -> session.has(event))
                    .filter(session -> !event.mark().isEmpty() || session.isOf(told))
                    .max(Comparator.comparingLong(Session::lastAt))
                    .ifPresent(session -> end(session, told.occurredAt(), told));
        }

        private void end(Session session, long at, Observation by) {
            session.end(at, by);
            changed.put(session.id, session);
        }

        private static Optional<Long> time(Observation told, String name) {
            try {
                return told.text(name)
                        .map(text -> OffsetDateTime.parse(text).toInstant().toEpochMilli());
            } catch (DateTimeException | ArithmeticException noTime) {
                return Optional.empty();
            }
        }
    }
}
