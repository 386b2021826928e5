package io.strongroom.api.client;

import io.strongroom.api.Page;
import io.strongroom.api.json.Json;
import io.strongroom.api.telemetry.Incident;
import io.strongroom.api.telemetry.IncidentFilter;
import org.jspecify.annotations.Nullable;

/**
 * What is, or was, wrong with devices. Looking needs the operation {@code incidents.read}, deciding {@code
 * incidents.manage}.
 */
public final class Incidents {
    private static final String PATH = "/api/v1/telemetry/incidents";

    private final Transport transport;

    Incidents(Transport transport) {
        this.transport = transport;
    }

    /**
     * A page of incidents, the newest first.
     *
     * @param after what the page before gave as next; null for the first
     * @param limit 1 to 500
     */
    public Page<Incident> list(IncidentFilter filter, @Nullable String after, int limit) {
        return Page.fromJson(
                transport.getJson(PATH
                        + new Parameters()
                                .put("device", filter.device())
                                .put("rule", filter.rule())
                                .put("severity", filter.severity())
                                .put("state", filter.state())
                                .put("after", after)
                                .put("limit", limit)),
                Incident::fromJson);
    }

    /** One incident. */
    public Incident one(String id) {
        return Incident.fromJson(transport.getJson(address(id)));
    }

    /** Says that somebody looks after it; gives the entry of the ledger. The incident shows it a moment later. */
    public long acknowledge(String id) {
        return transport.postJson(address(id) + "/acknowledge", Json.Obj.EMPTY).integer("seq");
    }

    /**
     * Closes it; gives the entry of the ledger. The incident shows it a moment later.
     *
     * @param because {@code fixed}, {@code false-alarm} or {@code accepted}
     */
    public long close(String id, String because) {
        return transport
                .postJson(
                        address(id) + "/close",
                        Json.object().put("because", because).build())
                .integer("seq");
    }

    private static String address(String id) {
        return PATH + "/" + Paths.segment(id);
    }
}
