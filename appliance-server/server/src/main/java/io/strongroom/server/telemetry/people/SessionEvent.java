package io.strongroom.server.telemetry.people;

import io.strongroom.server.telemetry.Observation;
import java.util.Optional;
import java.util.Set;

/**
 * What an observation says of a session on a device.
 *
 * @param kind by which evidence: {@code ssh}, {@code login}, {@code logind}, {@code pam},
 *     {@link #TELEMETRY}, {@link #DESCRIBED}
 * @param mark what tells this session from others of its kind, where it has something such; else empty
 */
record SessionEvent(Turn turn, String kind, String mark) {
    /** What becomes of the session. */
    enum Turn {
        OPENS,
        /** Somebody is there: it opens, or goes on. */
        GOES_ON,
        ENDS
    }

    /** Plain telemetry that only says who is there. */
    static final String TELEMETRY = "telemetry";

    /** Plain telemetry that describes a session, and marks it. */
    static final String DESCRIBED = "described";

    /** Services that open sessions for what nobody signed in for, or somebody who is there already. */
    private static final Set<String> NOT_SIGNING_IN = Set.of(
            "cron", "crond", "atd", "sudo", "sudo-i", "su", "su-l", "runuser", "runuser-l", "systemd-user", "polkit-1");

    private static final int MOST_MARK_CHARS = 200;

    /** Whether records of that action may say something of a session. */
    static boolean isIn(String action) {
        return action.startsWith("Session.") || action.equals("Device.Telemetry");
    }

    /** What it says; empty if it is about no session, or nobody who can be told is in it. */
    static Optional<SessionEvent> of(Observation told) {
        return read(told)
                .filter(event -> event.turn() == Turn.ENDS || told.user().isPresent());
    }

    private static Optional<SessionEvent> read(Observation told) {
        return switch (told.action()) {
            case "Session.Login" -> told.outcome().equals("success") ? Optional.of(signedIn(told)) : Optional.empty();
            case "Session.Open" -> ofSystem(told, Turn.OPENS);
            case "Session.Close" -> ofSystem(told, Turn.ENDS);
            case "Session.Logout" -> Optional.of(new SessionEvent(Turn.ENDS, "login", ""));
            case "Session.Disconnect" -> told.text("port").map(port -> new SessionEvent(Turn.ENDS, "ssh", cut(port)));
            case "Device.Telemetry" -> Optional.of(inTelemetry(told));
            default -> Optional.empty();
        };
    }

    private static SessionEvent inTelemetry(Observation told) {
        return told.text("session_id")
                .filter(session -> !session.isBlank())
                .map(session -> new SessionEvent(Turn.GOES_ON, DESCRIBED, cut(session)))
                .orElseGet(() -> new SessionEvent(Turn.GOES_ON, TELEMETRY, ""));
    }

    private static SessionEvent signedIn(Observation told) {
        return told.text("method").isPresent() && told.text("port").isPresent()
                ? new SessionEvent(Turn.OPENS, "ssh", cut(told.text("port").orElse("")))
                : new SessionEvent(Turn.OPENS, "login", "");
    }

    private static Optional<SessionEvent> ofSystem(Observation told, Turn turn) {
        Optional<String> session =
                told.resource().filter(it -> it.type().equals("Session")).map(Observation.Resource::id);
        if (session.isPresent()) {
            return Optional.of(new SessionEvent(turn, "logind", cut(session.get())));
        }
        return told.text("service")
                .filter(service -> !NOT_SIGNING_IN.contains(service))
                .map(service -> new SessionEvent(turn, "pam", ""));
    }

    private static String cut(String mark) {
        return mark.length() <= MOST_MARK_CHARS ? mark : mark.substring(0, MOST_MARK_CHARS);
    }

    /** Whether it shows who is at the device. */
    boolean showsPresence() {
        return turn != Turn.ENDS;
    }
}
