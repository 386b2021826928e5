package io.strongroom.server.telemetry.incident;

import io.strongroom.api.json.Json;
import io.strongroom.evidence.Digest;
import io.strongroom.server.telemetry.incident.rule.Severity;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that is, or was, wrong with a device. All of it follows from records in the ledger.
 *
 * @param id made of device, rule, subject and the record that opened it, so that it is the same after a rebuild
 * @param subject what of the device it is about; empty for all of it
 * @param detail what the rule found when it opened: numbers and the rule's own words
 * @param first the record that opened it
 * @param last the newest record that kept it up
 * @param count how many records did, the first included
 * @param records the first and the newest of them, by {@code seq}, at most {@value #MOST_RECORDS}
 * @param recorded in which entry of the ledger it stands that it is open; null until it does
 * @param cleared the record by which its rule saw that it is over; null as long as none did
 */
record Incident(
        String id,
        String device,
        String rule,
        String subject,
        Severity severity,
        Json.Obj detail,
        Sighting first,
        Sighting last,
        long count,
        List<Long> records,
        @Nullable Long recorded,
        @Nullable Sighting cleared,
        @Nullable Deed acknowledged,
        @Nullable Deed closed) {
    static final int MOST_RECORDS = 20;

    /**
     * A record of the ledger.
     *
     * @param at when it occurred, in epoch milliseconds
     */
    record Sighting(long seq, long at) {}

    /**
     * What somebody decided.
     *
     * @param by an officer, a service, or the appliance itself
     * @param at epoch milliseconds
     * @param because one of {@link Reason}; empty where none is asked for
     */
    record Deed(String by, long at, String because) {}

    /** How it stands. */
    enum State {
        /** Found, but not recorded yet: nobody is told before. */
        FOUND,
        OPEN,
        ACKNOWLEDGED,
        CLOSED
    }

    Incident {
        records = List.copyOf(records);
    }

    static String id(String device, String rule, String subject, long seq) {
        String all = String.join("\n", device, rule, subject, Long.toString(seq));
        return "inc-" + Digest.of(all.getBytes(StandardCharsets.UTF_8)).hex().substring(0, 24);
    }

    State state() {
        if (closed != null) {
            return State.CLOSED;
        }
        if (recorded == null) {
            return State.FOUND;
        }
        return acknowledged == null ? State.OPEN : State.ACKNOWLEDGED;
    }

    /** Whether what keeps it up still counts for it, rather than for another. */
    boolean isActive() {
        return closed == null && cleared == null;
    }
}
