package io.strongroom.api;

import io.strongroom.api.json.Json;
import io.strongroom.api.json.JsonShapeException;
import java.util.Set;

/** What came of a command on the device. */
public sealed interface CommandOutcome {
    /** The members that outcomes have in JSON. */
    Set<String> MEMBERS = Set.of("outcome", "reason", "detail");

    /** It is done. */
    record Done() implements CommandOutcome {}

    /**
     * It could not be done.
     *
     * @param reason 1 to 64 of {@code a-z 0-9 -}, for programs
     * @param detail for people, at most 500 characters
     */
    record Failed(String reason, String detail) implements CommandOutcome {
        /** Longest detail, in characters. */
        public static final int MOST_DETAIL = 500;

        public Failed {
            if (!reason.matches("[a-z0-9-]{1,64}")) {
                throw new JsonShapeException("reason", "1 to 64 of a-z 0-9 -");
            }
            if (detail.length() > MOST_DETAIL) {
                throw new JsonShapeException("detail", "at most " + MOST_DETAIL + " characters");
            }
        }

        /** The same, with a detail that is cut to what may be told. */
        public static Failed of(String reason, String detail) {
            return new Failed(reason, detail.length() <= MOST_DETAIL ? detail : detail.substring(0, MOST_DETAIL));
        }
    }

    default Json.Obj toJson() {
        return switch (this) {
            case Done done -> Json.object().put("outcome", "done").build();
            case Failed failed ->
                Json.object()
                        .put("outcome", "failed")
                        .put("reason", failed.reason())
                        .put("detail", failed.detail())
                        .build();
        };
    }

    /** @throws JsonShapeException if it is none */
    static CommandOutcome fromJson(Json.Obj json) {
        return switch (json.text("outcome")) {
            case "done" -> new Done();
            case "failed" -> {
                String detail = json.optionalText("detail");
                yield new Failed(json.text("reason"), detail == null ? "" : detail);
            }
            default -> throw new JsonShapeException("outcome", "done or failed");
        };
    }
}
