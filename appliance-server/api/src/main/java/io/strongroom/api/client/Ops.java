package io.strongroom.api.client;

import io.strongroom.api.ApplianceStatus;
import io.strongroom.api.ApplianceStorage;
import io.strongroom.api.json.Json;
import java.nio.charset.StandardCharsets;

/** How the appliance is, for whoever runs it. Needs the operation {@code system.read}. */
public final class Ops {
    private final Transport transport;

    Ops(Transport transport) {
        this.transport = transport;
    }

    /** How it is, on one page. */
    public ApplianceStatus status() {
        return ApplianceStatus.fromJson(transport.getJson("/api/v1/ops/status"));
    }

    /** What it keeps, and how much room there is. */
    public ApplianceStorage storage() {
        return ApplianceStorage.fromJson(transport.getJson("/api/v1/ops/storage"));
    }

    /** Its counters, in the text format of Prometheus. */
    public String metrics() {
        return new String(transport.getBytes("/metrics"), StandardCharsets.UTF_8);
    }

    /** Has the read models built again from the ledger. */
    public void rebuildReadModels() {
        transport.postJson("/api/v1/projection/rebuild", Json.Obj.EMPTY);
    }

    /** Has what devices told built again from the ledger. */
    public void rebuildTelemetry() {
        transport.postJson("/api/v1/telemetry/follower/rebuild", Json.Obj.EMPTY);
    }

    /** Says that the clock is right, so that the ledger goes on. Needs a second factor that was just shown. */
    public void confirmClock() {
        transport.postJson("/api/v1/ledger/clock/confirm", Json.Obj.EMPTY);
    }
}
