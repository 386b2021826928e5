package io.strongroom.agent.collect;

import io.strongroom.agent.line.DeviceLines;
import io.strongroom.api.AuditRecord;
import io.strongroom.evidence.StreamName;
import io.strongroom.lines.LineRecords;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** Collects the systemd journal, from the cursor of the last entry on. The first time, from the newest entries on. */
public final class JournalCollector implements Collector {
    private static final StreamName STREAM = new StreamName("audit.journal");
    private static final String KEY = "journal";
    private static final int FIRST_ENTRIES = 100;

    private final Journal journal;
    private final DeviceLines device;
    private final InstantSource clock;

    /** @param program {@code journalctl}, or where it is */
    public JournalCollector(String program, DeviceLines device, InstantSource clock) {
        this.journal = new Journal(program, List.of());
        this.device = device;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "journal";
    }

    @Override
    public StreamName stream() {
        return STREAM;
    }

    @Override
    public boolean collect(Intake intake) throws IOException {
        Journal.Piece piece = journal.after(intake.position(KEY), FIRST_ENTRIES);
        if (piece.entries().isEmpty()) {
            return false;
        }
        LineRecords reader = new LineRecords(
                device.device().value(), STREAM.value(), "systemd journal", ZoneId.systemDefault(), clock.instant());
        List<AuditRecord.Builder> records = new ArrayList<>();
        for (Journal.Entry entry : piece.entries()) {
            records.addAll(reader.read(entry.json().getBytes(StandardCharsets.UTF_8)));
        }
        intake.take(records, KEY, piece.entries().getLast().cursor());
        return piece.more();
    }
}
