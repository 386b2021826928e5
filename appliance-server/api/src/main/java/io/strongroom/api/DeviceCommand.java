package io.strongroom.api;

import static java.util.Objects.requireNonNull;

import io.strongroom.api.json.Json;
import io.strongroom.api.json.JsonShapeException;

/**
 * A command as a device gets it, by long poll or on {@code d/<id>/cmd} (formats §6). It may come more than once; the device
 * carries it out once, and tells what came of it.
 *
 * @param id {@code cmd-} and 16 of {@code a-z 2-7}
 * @param expiresAt RFC 3339; from then on it is given out no more
 */
public record DeviceCommand(String id, DeviceOrder order, String expiresAt) {
    /** Most commands of one device that are not settled. */
    public static final int MOST_OPEN = 32;

    /** Most commands that a device may name as known when it asks for others. */
    public static final int MOST_KNOWN = 64;

    public DeviceCommand {
        requireNonNull(order, "order is null");
        requireNonNull(expiresAt, "expiresAt is null");
        if (!isId(id)) {
            throw new JsonShapeException("id", "cmd- and 16 of a-z 2-7");
        }
    }

    /** Whether this may be the id of a command. */
    public static boolean isId(String text) {
        return text.matches("cmd-[a-z2-7]{16}");
    }

    public Json.Obj toJson() {
        return Json.object()
                .put("id", id)
                .putAll(order.toJson())
                .put("expiresAt", expiresAt)
                .build();
    }

    /** @throws JsonShapeException if it is none that is known here */
    public static DeviceCommand fromJson(Json.Obj json) {
        return new DeviceCommand(json.text("id"), DeviceOrder.fromJson(json), json.text("expiresAt"));
    }
}
