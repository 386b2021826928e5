package io.strongroom.agent;

import io.strongroom.agent.line.DeviceLines;
import io.strongroom.agent.queue.Gap;
import io.strongroom.agent.queue.Notices;
import io.strongroom.api.AuditRecord;
import io.strongroom.api.GapCause;
import io.strongroom.api.json.Json;
import io.strongroom.evidence.StreamName;
import java.time.InstantSource;

/** Says in a line of its own what is lost: {@code agent.gap} (formats §6). */
final class GapNotices implements Notices {
    private final DeviceLines lines;
    private final InstantSource clock;

    GapNotices(DeviceLines lines, InstantSource clock) {
        this.lines = lines;
        this.clock = clock;
    }

    @Override
    public byte[] line(StreamName stream, Gap gap) {
        AuditRecord.Builder record = lines.about(stream, GapCause.NOTICE, clock.instant())
                .attribute("cause", gap.cause().wire())
                .attribute("first", Json.of(gap.first()));
        if (gap.last() >= gap.first()) {
            record.attribute("last", Json.of(gap.last()));
        }
        if (gap.epoch() != null) {
            record.attribute("epoch", gap.epoch());
        }
        return lines.line(record);
    }
}
