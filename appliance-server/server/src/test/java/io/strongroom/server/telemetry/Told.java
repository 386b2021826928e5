package io.strongroom.server.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.strongroom.evidence.Rfc3339;
import io.strongroom.evidence.json.CanonicalJson;
import io.strongroom.server.projection.FakeLedger;

/** Puts into a ledger what devices tell. Each entry is taken in a second after the one before. */
public final class Told {
    /** 2026-11-21T00:00:00Z. */
    public static final long DAY = 1_795_219_200_000L;

    private final FakeLedger ledger;

    public Told(FakeLedger ledger) {
        this.ledger = ledger;
    }

    /** When the next entry is taken in. */
    public long now() {
        return DAY + ledger.size() * 1_000;
    }

    /** Something that a device tells of itself. @return its seq */
    public long device(String device, String stream, String action, String attributes) {
        return record(device, stream, action, "Device", device, "Device", device, attributes);
    }

    /** Telemetry in plain JSON. @return its seq */
    public long plain(String device, String payload) {
        return device(device, "telemetry.health", "Device.Telemetry", payload);
    }

    /** A record. @return its seq */
    public long record(
            String source,
            String stream,
            String action,
            String actorType,
            String actor,
            String resourceType,
            String resource,
            String attributes) {
        String json = """
                {"v":1,"tenantId":"acme","recordId":"x","salt":"AAAAAAAAAAAAAAAAAAAAAA","occurredAt":"%s","stream":"%s",\
                "source":{"id":"%s"},"action":"%s","outcome":"success","actor":{"type":"%s","id":"%s"},\
                "resource":{"type":"%s","id":"%s"},"attributes":%s}""".formatted(
                        Rfc3339.format(now() - 500),
                        stream,
                        source,
                        action,
                        actorType,
                        actor,
                        resourceType,
                        resource,
                        attributes);
        return ledger.append(stream, source, CanonicalJson.of(json.getBytes(UTF_8)), now());
    }
}
