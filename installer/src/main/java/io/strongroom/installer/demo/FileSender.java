package io.strongroom.installer.demo;

import io.strongroom.api.Appended;
import io.strongroom.api.AuditRecord;
import io.strongroom.api.LineResult;
import io.strongroom.api.client.BatchOptions;
import io.strongroom.api.client.StrongroomClient;
import io.strongroom.installer.LaunchException;
import io.strongroom.lines.LogFile;
import io.strongroom.lines.LogRecords;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sends log files as a service does, with a token: each line a record. */
final class FileSender {
    /** The source of the demo's own record. */
    static final String SOURCE = "demo";

    private final StrongroomClient client;
    private final Screen screen;
    private final DemoReport report;
    private @Nullable String firstRefusal;

    FileSender(StrongroomClient client, Screen screen, DemoReport report) {
        this.client = client;
        this.screen = screen;
        this.report = report;
    }

    /** Writes one record behind all that is there, so that it is known how far a checkpoint must reach. */
    void mark() {
        Appended appended = client.records()
                .append(AuditRecord.of(SOURCE, "Demo.Collected", Instant.now())
                        .actor("Service", SOURCE)
                        .resource("Service", SOURCE)
                        .build());
        report.records++;
        report.acknowledged++;
        report.highestSeq = Math.max(report.highestSeq, appended.seq());
    }

    void send(List<LogFile> files) throws IOException {
        screen.step("Sending each line as a record, over TLS 1.3");
        for (LogFile file : files) {
            long before = report.acknowledged;
            try (LogRecords records = new LogRecords(file, ZoneId.systemDefault())) {
                client.records().appendAll(records, BatchOptions.DEFAULT, result -> told(result, file));
                screen.result(file.name() + ": " + Screen.count(records.lines()) + " lines, "
                        + Screen.count(records.understood()) + " understood, "
                        + Screen.count(report.acknowledged - before) + " records acknowledged");
            } catch (UncheckedIOException e) {
                throw new LaunchException(e.getMessage() == null ? e.toString() : e.getMessage(), e);
            }
        }
        if (firstRefusal != null) {
            throw new LaunchException("not every record was acknowledged: " + firstRefusal);
        }
        if (report.records == 0) {
            throw new LaunchException("the files hold no lines: name another with --input");
        }
    }

    private void told(LineResult result, LogFile file) {
        report.records++;
        if (result.appended() != null) {
            report.acknowledged++;
            report.highestSeq = Math.max(report.highestSeq, result.appended().seq());
        } else if (firstRefusal == null) {
            firstRefusal = file.name() + ", record " + result.line() + ": "
                    + result.status().wire()
                    + (result.problem() == null ? "" : ", " + result.problem().toJson());
        }
        screen.moving(file.name() + ": " + Screen.count(report.acknowledged) + " acknowledged");
    }
}
