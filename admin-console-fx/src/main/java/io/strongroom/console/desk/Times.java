package io.strongroom.console.desk;

import io.strongroom.console.look.InSight;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.scene.Node;

/** Times as the officer wants to read them: in UTC, as they stand in records, or as the clock on the wall shows them. */
public final class Times {
    private static final DateTimeFormatter FULL = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);
    private static final DateTimeFormatter EXACT = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS", Locale.ROOT);
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    private final BooleanProperty local = new SimpleBooleanProperty();
    private final ZoneId here;

    /** In UTC at first. */
    public Times(ZoneId here) {
        this.here = here;
    }

    /** Whether times are local; else they are UTC. What shows times is written anew by {@link #whenTold}. */
    public BooleanProperty local() {
        return local;
    }

    /**
     * Has times written anew when they are to be told otherwise: at once where one sees them, else as soon as one does.
     *
     * @param where what shows them
     */
    public void whenTold(Node where, Runnable anew) {
        var unused = local.when(InSight.of(where)).subscribe((was, is) -> anew.run());
    }

    /** The zone that times are told in. */
    public ZoneId zone() {
        return local.get() ? here : ZoneOffset.UTC;
    }

    /** Day and time, to the second. */
    public String full(Instant at) {
        return FULL.format(at.atZone(zone()));
    }

    /** The time alone where that is the same day as now: then it is what one wants to know; else the day, and the time to the minute. */
    public String brief(Instant at, Instant now) {
        boolean today =
                at.atZone(zone()).toLocalDate().equals(now.atZone(zone()).toLocalDate());
        return today ? clock(at) : MINUTE.format(at.atZone(zone()));
    }

    /** Day and time, to the millisecond. */
    public String exact(Instant at) {
        return EXACT.format(at.atZone(zone()));
    }

    /** The time of a day alone, to the second. */
    public String clock(Instant at) {
        return CLOCK.format(at.atZone(zone()));
    }

    /** As {@link #full(Instant)}, of a time as it stands in JSON (RFC 3339); what is no such time stays as it is. */
    public String full(String rfc3339) {
        try {
            return full(Instant.parse(rfc3339));
        } catch (DateTimeParseException e) {
            return rfc3339;
        }
    }

    /** Day and time to the minute, likewise: for columns. */
    public String minute(String rfc3339) {
        try {
            return MINUTE.format(Instant.parse(rfc3339).atZone(zone()));
        } catch (DateTimeParseException e) {
            return rfc3339;
        }
    }

    /** As {@link #exact(Instant)}, likewise. */
    public String exact(String rfc3339) {
        try {
            return exact(Instant.parse(rfc3339));
        } catch (DateTimeParseException e) {
            return rfc3339;
        }
    }
}
