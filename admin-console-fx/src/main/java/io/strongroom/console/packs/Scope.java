package io.strongroom.console.packs;

import io.strongroom.api.Exclusions;
import io.strongroom.api.Outcome;
import io.strongroom.api.Selection;
import io.strongroom.evidence.Rfc3339;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which records, as an officer typed it: every text may be empty, and means then that all pass.
 *
 * @param from a day, a day and a time, or RFC 3339; included
 * @param to likewise; excluded, but a day is included as a whole
 * @param labels {@code name=value}, separated by spaces
 * @param without {@code name=value} of what leaves a record out, separated by spaces: a field's name, or {@code label.} and a
 *     label's
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
        String without,
        String fromSeq,
        String toSeq) {
    static final Scope ALL = new Scope("", "", "", "", "", "", "", "", "", "", "", "", "");
    private static final String LABEL = "label.";

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
                byLabel(),
                some(words),
                exclusions(),
                List.of());
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

    private Map<String, String> byLabel() throws Misread {
        Map<String, String> found = new LinkedHashMap<>();
        for (Pair pair : pairs("labels", labels)) {
            found.put(pair.name(), pair.value());
        }
        return found;
    }

    private Exclusions exclusions() throws Misread {
        Exclusions found = Exclusions.NONE;
        for (Pair pair : pairs("without", without)) {
            try {
                found = pair.name().startsWith(LABEL)
                        ? found.andLabel(pair.name().substring(LABEL.length()), pair.value())
                        : found.and(pair.name(), pair.value());
            } catch (IllegalArgumentException e) {
                throw new Misread("without", pair.name() + "=" + pair.value());
            }
        }
        return found;
    }

    private record Pair(String name, String value) {}

    private static List<Pair> pairs(String field, String typed) throws Misread {
        List<Pair> found = new ArrayList<>();
        for (String pair : typed.strip().split("\\s+")) {
            int at = pair.indexOf('=');
            if (at > 0) {
                found.add(new Pair(pair.substring(0, at), pair.substring(at + 1)));
            } else if (!pair.isEmpty()) {
                throw new Misread(field, pair);
            }
        }
        return found;
    }
}
