package io.strongroom.agent.line;

import io.strongroom.api.AuditRecord;
import io.strongroom.api.json.Json;
import io.strongroom.evidence.SourceId;
import io.strongroom.evidence.StreamName;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;

/** Makes this device's records, and the lines that they travel as: each with a salt of its own (formats §6). */
public final class DeviceLines {
    private static final int SALT_BYTES = 16;

    private final SourceId device;
    private final String tenant;
    private final SecureRandom random = new SecureRandom();

    public DeviceLines(SourceId device, String tenant) {
        this.device = device;
        this.tenant = tenant;
    }

    public SourceId device() {
        return device;
    }

    /** Begins a record about this device, by this device. */
    public AuditRecord.Builder about(StreamName stream, String action, Instant when) {
        return AuditRecord.of(device.value(), action, when).stream(stream.value())
                .actor("Device", device.value())
                .resource("Device", device.value());
    }

    /** A record as a line, without its line feed. */
    public byte[] line(AuditRecord.Builder record) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return Json.object()
                .putAll(record.tenant(tenant).build().toJson())
                .put("salt", Base64.getUrlEncoder().withoutPadding().encodeToString(salt))
                .build()
                .bytes();
    }
}
