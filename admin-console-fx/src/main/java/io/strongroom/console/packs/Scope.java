package io.strongroom.console.packs;

import io.strongroom.api.Outcome;
import io.strongroom.api.Selection;
import io.strongroom.evidence.Rfc3339;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which records, as an officer typed it: every text may be empty, and means then that all pass.
 *
 * @param from a day, a day and a time, or RFC 3339; included
 * @param to likewise; excluded, but a day is included as a whole
 * @param labels {@code name=value}, separated by spaces
 */
record Scope(
        String from,
        String to,
        String stream,
        String source,
        String actor,
        String action,
        String resource,
        String outcome,
        String labels,
        String words,
        String fromSeq,
        String toSeq) {
    static final Scope ALL = new Scope("", "", "", "", "", "", "", "", "", "", "", "");

    /** What was typed cannot be understood. */
    static final class Misread extends Exception {
        private static final long serialVersionUID = 1;

        private final String field;
        private final String typed;

        private Misread(String field, String typed) {
            super(field + ": " + typed);
            this.field = field;
            this.typed = typed;
        }

        /** In which field: the last part of the key of its name. */
        String field() {
            return field;
        }

        String typed() {
            return typed;
        }
    }

    /**
     * The selection; times of day are in this zone.
     *
     * @throws Misread if something cannot be understood
     */
    Selection selection(ZoneId zone) throws Misread {
        Long first = place("fromSeq", fromSeq);
        Long last = place("toSeq", toSeq);
        if (first != null && last != null && first > last) {
            throw new Misread("toSeq", toSeq);
        }
        return new Selection(
                first,
                last,
                time("from", from, zone, 0),
                time("to", to, zone, 1),
                some(stream),
                some(source),
                some(actor),
                some(action),
                some(resource),
                outcome.isBlank() ? null : Outcome.ofWire(outcome).orElseThrow(() -> new Misread("outcome", outcome)),
                pairs(),
                some(words));
    }

    private static @Nullable String some(String typed) {
        return typed.isBlank() ? null : typed.strip();
    }

    private static @Nullable Long place(String field, String typed) throws Misread {
        if (typed.isBlank()) {
            return null;
        }
        try {
            long place = Long.parseLong(typed.strip());
            if (place < 0) {
                throw new Misread(field, typed);
            }
            return place;
        } catch (NumberFormatException e) {
            throw new Misread(field, typed);
        }
    }

    private static @Nullable String time(String field, String typed, ZoneId zone, int days) throws Misread {
        String text = typed.strip().replace(' ', 'T');
        if (text.isEmpty()) {
            return null;
        }
        try {
            Instant at;
            if (!text.contains("T")) {
                at = LocalDate.parse(text).plusDays(days).atStartOfDay(zone).toInstant();
            } else if (text.endsWith("Z") || text.lastIndexOf('+') > 0) {
                at = OffsetDateTime.parse(text).toInstant();
            } else {
                at = LocalDateTime.parse(text).atZone(zone).toInstant();
            }
            return Rfc3339.format(at.toEpochMilli());
        } catch (DateTimeException e) {
            throw new Misread(field, typed);
        }
    }

    private Map<String, String> pairs() throws Misread {
        Map<String, String> found = new LinkedHashMap<>();
        for (String pair : labels.strip().split("\\s+")) {
            int at = pair.indexOf('=');
            if (at > 0) {
                found.put(pair.substring(0, at), pair.substring(at + 1));
            } else if (!pair.isEmpty()) {
                throw new Misread("labels", pair);
            }
        }
        return found;
    }
}
