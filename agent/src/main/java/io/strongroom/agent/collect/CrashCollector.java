package io.strongroom.agent.collect;

import io.strongroom.agent.line.DeviceLines;
import io.strongroom.api.AuditRecord;
import io.strongroom.evidence.StreamName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects processes that broke ({@code Process.Crashed}) and services whose process ended with an error ({@code
 * Process.Exited}), as Linux tells: by core dumps, the kernel, the audit subsystem and systemd in the journal, and by crash
 * reports. One crash of which several tell is one record. It begins with what comes after its first look.
 */
public final class CrashCollector implements Collector {
    private static final StreamName STREAM = new StreamName("incident.process");
    private static final String JOURNAL = "crashes.journal";
    private static final String REPORTS = "crashes.reports";
    private static final Duration SAME = Duration.ofMinutes(1);
    private static final int MOST_KNOWN = 256;

    private final Journal journal;
    private final CrashReports reports;
    private final DeviceLines device;
    private final InstantSource clock;

    /** When a process of that number, or a program of that name, was last seen to crash. */
    private final Map<String, Instant> known = new LinkedHashMap<>();

    /**
     * @param program {@code journalctl}, or where it is
     * @param folder of crash reports
     */
    public CrashCollector(String program, Path folder, DeviceLines device, InstantSource clock) {
        this.journal = new Journal(
                program,
                List.of(
                        "MESSAGE_ID=" + ProcessEnd.COREDUMP,
                        "MESSAGE_ID=" + ProcessEnd.UNIT_PROCESS_EXIT,
                        "MESSAGE_ID=" + ProcessEnd.UNIT_FAILED,
                        "+",
                        "_AUDIT_TYPE=" + ProcessEnd.ANOM_ABEND,
                        "+",
                        "_TRANSPORT=kernel"));
        this.reports = new CrashReports(folder);
        this.device = device;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "crashes";
    }

    @Override
    public StreamName stream() {
        return STREAM;
    }

    @Override
    public boolean collect(Intake intake) throws IOException {
        try {
            return fromJournal(intake);
        } finally {
            // Where there is no journal that is told, and reports there may be all the same.
            fromReports(intake);
        }
    }

    private boolean fromJournal(Intake intake) throws IOException {
        var cursor = intake.position(JOURNAL);
        Journal.Piece piece = journal.after(cursor, 1);
        if (piece.entries().isEmpty()) {
            return false;
        }
        List<ProcessEnd> ends = new ArrayList<>();
        if (cursor.isPresent()) {
            piece.entries().forEach(entry -> ProcessEnd.ofJournal(entry.json()).ifPresent(ends::add));
        }
        intake.take(records(ends), JOURNAL, piece.entries().getLast().cursor());
        return piece.more();
    }

    private void fromReports(Intake intake) throws IOException {
        var since = intake.position(REPORTS);
        long now = clock.millis();
        if (since.isEmpty() || Long.parseLong(since.get()) > now) {
            // The first look, or the first after the clock was set back: from here on.
            intake.take(List.of(), REPORTS, Long.toString(now));
            return;
        }
        List<CrashReports.Report> found = reports.between(Long.parseLong(since.get()), now);
        if (!found.isEmpty()) {
            List<ProcessEnd> ends = found.stream().map(CrashReports.Report::end).toList();
            intake.take(records(ends), REPORTS, Long.toString(found.getLast().written()));
        }
    }

    private List<AuditRecord.Builder> records(List<ProcessEnd> ends) {
        return ends.stream().filter(this::isNew).map(this::record).toList();
    }

    /** Several tell of one crash within a moment, by the process's number, or by its program where they do not know it. */
    private boolean isNew(ProcessEnd end) {
        if (!end.crashed()) {
            return true;
        }
        String program = "program " + end.program().substring(end.program().lastIndexOf('/') + 1);
        boolean seen =
                isKnown("process " + end.pid(), end) && end.pid() != 0 || end.pid() == 0 && isKnown(program, end);
        known.put("process " + end.pid(), end.at());
        known.put(program, end.at());
        while (known.size() > MOST_KNOWN) {
            known.remove(known.keySet().iterator().next());
        }
        return !seen;
    }

    private boolean isKnown(String key, ProcessEnd end) {
        Instant before = known.remove(key);
        return before != null && Duration.between(before, end.at()).abs().compareTo(SAME) < 0;
    }

    private AuditRecord.Builder record(ProcessEnd end) {
        AuditRecord.Builder record = device.about(
                        STREAM, end.crashed() ? "Process.Crashed" : "Process.Exited", end.at())
                .resource(end.crashed() ? "Process" : "Service", end.program());
        if (end.pid() > 0) {
            record.attribute("process.pid", Long.toString(end.pid()));
        }
        end.details().forEach(record::attribute);
        return record;
    }
}
