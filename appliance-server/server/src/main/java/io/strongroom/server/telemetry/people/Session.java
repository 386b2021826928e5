package io.strongroom.server.telemetry.people;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.strongroom.api.json.Json;
import io.strongroom.evidence.Digest;
import io.strongroom.server.telemetry.Observation;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A session of somebody on a device, as it grows by what is seen of it. Times are epoch milliseconds. For one thread. */
final class Session {
    static final String COLUMNS = "session_id, device_id, user_key, named_seq, pointer, started_at, ended_at, last_at,"
            + " recorded_at, evidence, context";

    /** The one order that does not depend on how the ledger was cut into batches. */
    static final Comparator<Session> BY_START =
            Comparator.<Session>comparingLong(each -> each.started).thenComparing(each -> each.id);

    /** How far apart, by the device's clock, several signs of one opening may be. */
    private static final long SAME_MILLIS = 60_000;

    /** What is kept beside it, by the names that observations have for it. */
    private static final Map<String, String> CONTEXT = Map.of(
            "service", "service",
            "method", "method",
            "context.network", "network",
            "context.vpn", "vpn",
            "context.geo", "geo");

    /** What no sign of a sign-in joins. */
    private static final Set<String> TOLD = Set.of(SessionEvent.TELEMETRY, SessionEvent.DESCRIBED);

    private static final int MOST_CHARS = 200;

    final String id;
    final String device;
    private final String user;
    private final long namedSeq;
    private final String pointer;
    private long started;
    private @Nullable Long ended;
    private long lastAt;
    private long recordedAt;

    /** By kind what marks the session there; empty where nothing does. */
    private final Map<String, String> evidence = new TreeMap<>();

    /** What is known of it: each an object with pointer, stream and value, in the order in which JSON comes back. */
    private final Map<String, Json> context = new TreeMap<>();

    /** One that begins with this. */
    Session(Observation told, SessionEvent event) {
        Observation.User who = told.user().orElseThrow();
        user = who.key();
        id = event.kind().equals(SessionEvent.DESCRIBED)
                ? "x"
                        + Digest.of(bytes(told.device() + '\n' + user + '\n' + event.mark()))
                                .hex()
                                .substring(0, 32)
                : "s" + told.seq();
        device = told.device();
        namedSeq = told.seq();
        pointer = who.pointer();
        started = told.occurredAt();
        lastAt = told.occurredAt();
        join(told, event);
    }

    private Session(ResultSet row) throws SQLException {
        id = row.getString(1);
        device = row.getString(2);
        user = row.getString(3);
        namedSeq = row.getLong(4);
        pointer = row.getString(5);
        started = row.getLong(6);
        long end = row.getLong(7);
        ended = row.wasNull() ? null : end;
        lastAt = row.getLong(8);
        recordedAt = row.getLong(9);
        Json.parseObject(bytes(row.getString(10)))
                .members()
                .forEach((kind, mark) -> evidence.put(kind, mark instanceof Json.Text text ? text.value() : ""));
        context.putAll(Json.parseObject(bytes(row.getString(11))).members());
    }

    static Session of(ResultSet row) throws SQLException {
        return new Session(row);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    /** Its columns in the order in which they are written: the device and the id come last. */
    @Nullable
    Object[] columns(String tenant) {
        Json.Builder kinds = Json.object();
        evidence.forEach(kinds::put);
        return new @Nullable Object[] {
            user,
            namedSeq,
            pointer,
            started,
            ended,
            lastAt,
            recordedAt,
            kinds.build().toString(),
            new Json.Obj(context).toString(),
            tenant,
            device,
            id
        };
    }

    boolean isOpen() {
        return ended == null;
    }

    boolean isOf(Observation told) {
        return told.user()
                .map(Observation.User::key)
                .map(key -> key.equals(user))
                .orElse(user == null);
    }

    boolean has(SessionEvent event) {
        return event.mark().isEmpty()
                ? evidence.containsKey(event.kind())
                : event.mark().equals(evidence.get(event.kind()));
    }

    /** Whether this is another sign of the same opening. */
    boolean beganWith(Observation told, SessionEvent event) {
        return isOf(told)
                && !evidence.containsKey(event.kind())
                && evidence.keySet().stream().noneMatch(TOLD::contains)
                && Math.abs(told.occurredAt() - started) <= SAME_MILLIS;
    }

    /** Whether plain telemetry says who is there, so that it ends with a silence. */
    boolean endsWithSilence() {
        return evidence.containsKey(SessionEvent.TELEMETRY);
    }

    long lastAt() {
        return lastAt;
    }

    /** Takes in a sign that it is there. */
    void join(Observation told, SessionEvent event) {
        evidence.put(event.kind(), event.mark());
        lastAt = Math.max(lastAt, told.occurredAt());
        recordedAt = told.recordedAt();
        CONTEXT.forEach((name, kept) -> {
            Observation.Value value = told.attributes().get(name);
            if (value != null
                    && !(value.json() instanceof Json.Arr)
                    && value.json().toString().length() <= MOST_CHARS) {
                context.put(
                        kept,
                        Json.object()
                                .put("pointer", value.pointer())
                                .put("stream", told.stream())
                                .put("value", value.json())
                                .build());
            }
        });
    }

    /** Says when it was, where the device knows. @param end null while it goes on */
    void lasted(long start, @Nullable Long end) {
        started = start;
        ended = end == null ? null : Math.max(start, end);
    }

    /** Ends it. @param at by the device's clock, which may have been set back */
    void end(long at, Observation by) {
        ended = Math.max(started, at);
        recordedAt = by.recordedAt();
    }
}
