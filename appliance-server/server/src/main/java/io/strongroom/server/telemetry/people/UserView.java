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
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which user has which devices. A user has {@value #MOST_DEVICES} at most: one more is refused, and stays so, flagged, until
 * another of the user's devices is revoked, or was not used for as long as inventory is kept, and the user is seen there
 * again.
 */
@Singleton
final class UserView implements View {
    /** Devices that one user has, at most. */
    static final int MOST_DEVICES = 15;

    /** Refused devices of one user that are kept, at most: a name that everybody uses, such as root, is on all of them. */
    static final int MOST_REFUSED = 100;

    /** Users of one device that are kept, at most: a device may name anybody. */
    static final int MOST_USERS = 200;

    private static final String REVOKED = "Device.Revoked";
    private static final int AT_ONCE = 200;

    private static final Upsert ROW = new Upsert(
            "UPDATE telemetry_device_user SET refused = ?, first_seen = ?, last_seen = ?, named_seq = ?, pointer = ?"
                    + " WHERE tenant_id = ? AND user_key = ? AND device_id = ?",
            "INSERT INTO telemetry_device_user (refused, first_seen, last_seen, named_seq, pointer, tenant_id, user_key,"
                    + " device_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?)");

    private final String tenant;
    private final long keptMillis;

    @Inject
    UserView(Installation installation, Settings settings) {
        this(
                installation.tenant().value(),
                Duration.ofDays(settings.number(Setting.TELEMETRY_INVENTORY_DAYS, 1, 36_500)));
    }

    UserView(String tenant, Duration kept) {
        this.tenant = tenant;
        this.keptMillis = kept.toMillis();
    }

    @Override
    public String name() {
        return "users 1";
    }

    @Override
    public List<String> tables() {
        return List.of("telemetry_device_user");
    }

    private record Key(String user, String device) {}

    private record Assignment(boolean refused, long firstSeen, long lastSeen, long namedSeq, String pointer) {}

    @Override
    public boolean reads(String stream, String action) {
        return SessionEvent.isIn(action);
    }

    @Override
    public void take(Connection connection, List<Observation> observations) throws SQLException {
        Set<String> users = new HashSet<>();
        Set<String> devices = new HashSet<>();
        for (Observation each : observations) {
            presence(each).ifPresent(user -> {
                users.add(user.key());
                devices.add(each.device());
            });
            if (each.action().equals(REVOKED)) {
                devices.add(each.device());
            }
        }
        if (devices.isEmpty()) {
            return;
        }
        Map<Key, Assignment> known = new HashMap<>();
        read(connection, "user_key", users, known);
        read(connection, "device_id", devices, known);
        Turn turn = new Turn(known);
        for (Observation each : observations) {
            if (each.action().equals(REVOKED)) {
                turn.release(each.device());
            }
            presence(each).ifPresent(user -> turn.see(each, user));
        }
        turn.write(connection);
    }

    @Override
    public boolean expire(Connection connection, long now, int most) throws SQLException {
        return Expiry.delete(connection, "telemetry_device_user", "last_seen", now - keptMillis, most);
    }

    private static Optional<Observation.User> presence(Observation told) {
        return SessionEvent.of(told).filter(SessionEvent::showsPresence).isPresent() ? told.user() : Optional.empty();
    }

    private static void read(Connection connection, String column, Set<String> values, Map<Key, Assignment> into)
            throws SQLException {
        List<String> all = values.stream().sorted().toList();
        for (int at = 0; at < all.size(); at += AT_ONCE) {
            List<String> some = all.subList(at, Math.min(all.size(), at + AT_ONCE));
            var unused = Sql.all(
                    connection,
                    "SELECT user_key, device_id, refused, first_seen, last_seen, named_seq, pointer"
                            + " FROM telemetry_device_user WHERE " + column + " IN ("
                            + String.join(", ", Collections.nCopies(some.size(), "?")) + ")",
                    row -> into.put(
                            new Key(row.getString(1), row.getString(2)),
                            new Assignment(
                                    row.getBoolean(3),
                                    row.getLong(4),
                                    row.getLong(5),
                                    row.getLong(6),
                                    row.getString(7))),
                    some.toArray());
        }
    }

    /** The assignments of the users and devices that a batch is about, as they become. */
    private final class Turn {
        private final Map<String, Map<String, Assignment>> byUser = new LinkedHashMap<>();
        private final Set<Key> changed = new HashSet<>();
        private final Set<Key> gone = new HashSet<>();

        private Turn(Map<Key, Assignment> known) {
            known.forEach((key, assignment) -> of(key.user()).put(key.device(), assignment));
        }

        /** How many users a device has; all of them are known. */
        private long users(String device) {
            return byUser.values().stream()
                    .filter(devices -> devices.containsKey(device))
                    .count();
        }

        private Map<String, Assignment> of(String user) {
            return byUser.computeIfAbsent(user, any -> new HashMap<>());
        }

        private void release(String device) {
            byUser.forEach((user, devices) -> {
                if (devices.remove(device) != null) {
                    drop(new Key(user, device));
                }
            });
        }

        private void drop(Key key) {
            changed.remove(key);
            gone.add(key);
        }

        private void see(Observation told, Observation.User user) {
            Map<String, Assignment> devices = of(user.key());
            long since = told.recordedAt() - keptMillis;
            devices.entrySet().removeIf(each -> {
                boolean over = each.getValue().lastSeen() < since;
                if (over) {
                    drop(new Key(user.key(), each.getKey()));
                }
                return over;
            });
            Assignment before = devices.get(told.device());
            boolean refused = before == null || before.refused();
            if (refused) {
                refused = devices.values().stream()
                                .filter(each -> !each.refused())
                                .count()
                        >= MOST_DEVICES;
            }
            if (before == null && (refused && isFull(devices) || users(told.device()) >= MOST_USERS)) {
                return;
            }
            devices.put(
                    told.device(),
                    new Assignment(
                            refused,
                            before == null ? told.recordedAt() : before.firstSeen(),
                            told.recordedAt(),
                            told.seq(),
                            user.pointer()));
            Key key = new Key(user.key(), told.device());
            changed.add(key);
            gone.remove(key);
        }

        private static boolean isFull(Map<String, Assignment> devices) {
            return devices.values().stream().filter(Assignment::refused).count() >= MOST_REFUSED;
        }

        private void write(Connection connection) throws SQLException {
            for (Key key : gone) {
                Sql.update(
                        connection,
                        "DELETE FROM telemetry_device_user WHERE tenant_id = ? AND user_key = ? AND device_id = ?",
                        tenant,
                        key.user(),
                        key.device());
            }
            List<@Nullable Object[]> rows = new ArrayList<>();
            for (Key key : changed) {
                Assignment now = of(key.user()).get(key.device());
                if (now != null) {
                    rows.add(new Object[] {
                        now.refused(),
                        now.firstSeen(),
                        now.lastSeen(),
                        now.namedSeq(),
                        now.pointer(),
                        tenant,
                        key.user(),
                        key.device()
                    });
                }
            }
            ROW.run(connection, rows);
        }
    }
}
