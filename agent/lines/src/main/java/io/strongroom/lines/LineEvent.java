package io.strongroom.lines;

import static java.util.Objects.requireNonNull;

import io.strongroom.api.Outcome;
import io.strongroom.api.Party;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a line tells. What it does not tell is null, and filled in from where the line stands.
 *
 * @param format the kind of line, such as {@code sshd}
 * @param time when it happened
 * @param assumed what about the time was not in the line: {@code zone}, {@code year and zone}; null if nothing
 * @param actor who did it
 * @param action what was done
 * @param resource to what
 * @param outcome how it ended
 * @param details anything else worth finding it by
 */
public record LineEvent(
        String format,
        @Nullable Instant time,
        @Nullable String assumed,
        @Nullable Party actor,
        @Nullable String action,
        @Nullable Party resource,
        Outcome outcome,
        Map<String, String> details) {
    public LineEvent {
        requireNonNull(format, "format is null");
        requireNonNull(outcome, "outcome is null");
        details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
    }

    /** Begins an event of that format. */
    static Builder of(String format) {
        return new Builder(format);
    }

    /** Collects what a line tells, leaving out what is empty or a mere dash. */
    static final class Builder {
        private final Map<String, String> details = new LinkedHashMap<>();
        private String format;
        private @Nullable Instant time;
        private @Nullable String assumed;
        private @Nullable Party actor;
        private @Nullable String action;
        private @Nullable Party resource;
        private Outcome outcome = Outcome.UNKNOWN;

        private Builder(String format) {
            this.format = format;
        }

        /** A closer name for the kind of line. */
        Builder format(String name) {
            this.format = name;
            return this;
        }

        Builder time(@Nullable Instant when) {
            this.time = when;
            return this;
        }

        Builder time(LogTime.@Nullable Reading when) {
            if (when != null) {
                this.time = when.time();
                this.assumed = when.assumed();
            }
            return this;
        }

        Builder actor(String type, @Nullable String id) {
            if (id != null && tells(id)) {
                this.actor = new Party(type, id);
            }
            return this;
        }

        /** The actor, unless there is one already. */
        Builder actorOr(String type, @Nullable String id) {
            return actor == null ? actor(type, id) : this;
        }

        Builder action(@Nullable String what) {
            if (what != null && tells(what)) {
                this.action = what;
            }
            return this;
        }

        Builder resource(String type, @Nullable String id) {
            if (id != null && tells(id)) {
                this.resource = new Party(type, id);
            }
            return this;
        }

        /** The resource, unless there is one already. */
        Builder resourceOr(String type, @Nullable String id) {
            return resource == null ? resource(type, id) : this;
        }

        Builder outcome(Outcome how) {
            this.outcome = how;
            return this;
        }

        Builder detail(String name, @Nullable String value) {
            if (value != null && tells(value)) {
                details.put(name, value);
            }
            return this;
        }

        boolean hasAction() {
            return action != null;
        }

        LineEvent build() {
            return new LineEvent(format, time, assumed, actor, action, resource, outcome, details);
        }

        private static boolean tells(String value) {
            return !value.isBlank() && !value.equals("-");
        }
    }
}
