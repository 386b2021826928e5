package io.strongroom.lines;

import io.strongroom.api.Outcome;
import io.strongroom.api.json.Json;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Any other JSON object: takes the members that most programs call alike. */
final class PlainJsonReader implements JsonLineReader.ObjectReader {
    private static final Set<String> GOOD =
            Set.of("success", "succeeded", "ok", "allow", "allowed", "granted", "true", "pass", "passed");
    private static final Set<String> BAD = Set.of(
            "failure", "failed", "fail", "error", "deny", "denied", "false", "rejected", "blocked", "unauthorized");

    private final LogTime times;

    PlainJsonReader(LogTime times) {
        this.times = times;
    }

    @Override
    public Optional<LineEvent> read(Json.Obj object) {
        LineEvent.Builder event = LineEvent.of("json")
                .action(action(object))
                .outcome(outcome(object))
                .detail("host", LooseJson.scalar(object, "host/name", "hostname", "host", "computer", "node"))
                .detail("level", LooseJson.scalar(object, "level", "severity", "log/level", "lvl"))
                .detail(
                        "address",
                        LooseJson.scalar(
                                object,
                                "source/ip",
                                "client/ip",
                                "src_ip",
                                "remote_addr",
                                "sourceIPAddress",
                                "client_ip",
                                "ip"))
                .actor(
                        "User",
                        LooseJson.scalar(
                                object,
                                "user/name",
                                "user/id",
                                "user/username",
                                "actor/id",
                                "actor/name",
                                "username",
                                "userName",
                                "user_name",
                                "user",
                                "actor",
                                "principal",
                                "subject",
                                "account",
                                "user_id",
                                "userId",
                                "uid"))
                .actorOr(
                        "Process",
                        LooseJson.scalar(
                                object,
                                "service/name",
                                "service",
                                "process/name",
                                "program",
                                "app",
                                "logger",
                                "component"))
                .resource(
                        "Resource",
                        LooseJson.scalar(
                                object,
                                "resource/id",
                                "resource/name",
                                "resource",
                                "object",
                                "target",
                                "file/path",
                                "path",
                                "uri",
                                "url/path",
                                "url",
                                "request_uri"));
        time(object, event);
        return Optional.of(event.build());
    }

    private void time(Json.Obj object, LineEvent.Builder event) {
        @Nullable
        String text = LooseJson.scalar(
                object,
                "@timestamp",
                "timestamp",
                "time",
                "eventTime",
                "ts",
                "datetime",
                "date",
                "occurredAt",
                "Timestamp",
                "TimeCreated",
                "created_at",
                "createdAt");
        if (text != null) {
            times.iso(text)
                    .ifPresentOrElse(event::time, () -> LogTime.epoch(text).ifPresent(event::time));
        }
    }

    private static @Nullable String action(Json.Obj object) {
        String told = LooseJson.scalar(
                object,
                "event/action",
                "action",
                "eventName",
                "event_type",
                "eventType",
                "event",
                "operation",
                "operationName",
                "method",
                "type");
        return told == null || told.length() > 100 ? null : Words.plain(told);
    }

    private static Outcome outcome(Json.Obj object) {
        String told = LooseJson.scalar(object, "event/outcome", "outcome", "result", "status", "success", "decision");
        if (told == null) {
            return Outcome.UNKNOWN;
        }
        String word = told.toLowerCase(Locale.ROOT);
        if (GOOD.contains(word)) {
            return Outcome.SUCCESS;
        }
        if (BAD.contains(word)) {
            return Outcome.FAILURE;
        }
        return httpStatus(word);
    }

    private static Outcome httpStatus(String word) {
        if (!word.matches("[1-5]\\d\\d")) {
            return Outcome.UNKNOWN;
        }
        return word.charAt(0) >= '4' ? Outcome.FAILURE : Outcome.SUCCESS;
    }
}
