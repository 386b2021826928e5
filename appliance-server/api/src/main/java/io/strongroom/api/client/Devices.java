package io.strongroom.api.client;

import io.strongroom.api.BatchAck;
import io.strongroom.api.DeviceOrder;
import io.strongroom.api.json.Json;
import io.strongroom.evidence.batch.BatchLayout;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The devices of an appliance. Looking needs the operation {@code devices.read}, everything else {@code devices.manage}. */
public final class Devices {
    private static final String PATH = "/api/v1/devices";

    private final Transport transport;

    Devices(Transport transport) {
        this.transport = transport;
    }

    /**
     * The devices, in the order of their ids.
     *
     * @param state such as {@code active}; null for all
     * @param group null for all
     */
    public List<Json.Obj> list(@Nullable String state, @Nullable String group) {
        return pages(
                PATH,
                (state == null ? "" : "state=" + encoded(state) + "&")
                        + (group == null ? "" : "group=" + encoded(group) + "&"));
    }

    private List<Json.Obj> pages(String path, String filter) {
        List<Json.Obj> all = new ArrayList<>();
        Json.Obj page = transport.getJson(path + "?" + filter);
        all.addAll(page.objects("items", each -> each));
        while (page.optionalText("next") != null) {
            page = transport.getJson(path + "?" + filter + "after=" + encoded(page.text("next")));
            all.addAll(page.objects("items", each -> each));
        }
        return all;
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static String path(String device, String rest) {
        return PATH + "/" + Paths.segment(device) + rest;
    }

    /** A device, with all the certificates that it ever had. */
    public Json.Obj show(String device) {
        return transport.getJson(path(device, ""));
    }

    /** Makes an enrolment code; it is in this answer and nowhere else. Needs a second factor that was just shown. */
    public Json.Obj token(String label, String group, Duration life) {
        return transport.postJson(
                PATH + "/tokens",
                Json.object()
                        .put("label", label)
                        .put("group", group)
                        .put("minutes", life.toMinutes())
                        .build());
    }

    /**
     * Decides about a device; gives how it stands then.
     *
     * @param decision approve, refuse, lock, unlock or revoke
     */
    public Json.Obj decide(String device, String decision) {
        return transport.postJson(path(device, "/" + Paths.segment(decision)), Json.Obj.EMPTY);
    }

    /** Asks a device to do something. */
    public Json.Obj command(String device, DeviceOrder order, Duration life) {
        return transport.postJson(
                path(device, "/commands"),
                Json.object()
                        .putAll(order.toJson())
                        .put("minutes", life.toMinutes())
                        .build());
    }

    /** What was asked of a device, and what came of it, the newest first. */
    public List<Json.Obj> commands(String device) {
        return pages(path(device, "/commands"), "");
    }

    /**
     * Takes in a batch that a revoked device had signed and not sent. It may be repeated. Needs a second factor that was just
     * shown.
     */
    public BatchAck bring(String device, byte[] batch) {
        return transport.repeating(
                transport
                        .request(path(device, "/import"))
                        .header("Content-Type", BatchLayout.MEDIA_TYPE)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(batch))
                        .build(),
                answer -> BatchAck.fromJson(Transport.object(answer)));
    }
}
