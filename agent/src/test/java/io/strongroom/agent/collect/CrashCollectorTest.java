package io.strongroom.agent.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strongroom.agent.line.DeviceLines;
import io.strongroom.api.AuditRecord;
import io.strongroom.api.json.Json;
import io.strongroom.evidence.SourceId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CrashCollectorTest {
    private static final long NOW = 1_795_222_923_000L;

    @TempDir
    private Path folder;

    private final AtomicLong now = new AtomicLong(NOW);

    private final DeviceLines lines = new DeviceLines(new SourceId("laptop-7"), "acme");
    private final List<Json.Obj> records = new ArrayList<>();
    private final Map<String, String> positions = new HashMap<>();
    private final List<String> entries = new ArrayList<>();
    private final Intake intake = new Intake() {
        @Override
        public void take(List<AuditRecord.Builder> taken, String key, String position) {
            taken.forEach(record -> records.add(Json.parseObject(lines.line(record))));
            positions.put(key, position);
        }

        @Override
        public Optional<String> position(String key) {
            return Optional.ofNullable(positions.get(key));
        }
    };

    @BeforeEach
    void journal() throws IOException {
        Path program = folder.resolve("journalctl");
        Files.writeString(program, """
                #!/bin/sh
                echo "$@" >> %1$s/asked
                for argument; do last=$argument; done
                case $last in
                  --after-cursor=*) tail -n +$((${last#--after-cursor=c} + 2)) %1$s/entries ;;
                  *) tail -n 1 %1$s/entries ;;
                esac
                """.formatted(folder));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        Files.createDirectory(folder.resolve("crash"));
        entry("\"MESSAGE\":\"the first\"", 0);
    }

    private void entry(String members, int seconds) throws IOException {
        entries.add("{\"__CURSOR\":\"c" + entries.size() + "\",\"__REALTIME_TIMESTAMP\":\""
                + (NOW + seconds * 1_000L) * 1_000 + "\"," + members + "}");
        Files.write(folder.resolve("entries"), entries);
    }

    private CrashCollector collector() {
        return new CrashCollector(
                folder.resolve("journalctl").toString(),
                folder.resolve("crash"),
                lines,
                () -> Instant.ofEpochMilli(now.get()));
    }

    private static String coredump(int pid) {
        return "\"MESSAGE_ID\":\"fc2e22bc6ee647b6b90729ab34a250b1\",\"COREDUMP_EXE\":\"/usr/bin/till\","
                + "\"COREDUMP_COMM\":\"till\",\"COREDUMP_PID\":\"" + pid + "\",\"COREDUMP_SIGNAL_NAME\":\"SIGSEGV\","
                + "\"COREDUMP_CMDLINE\":\"till --password=secret\",\"COREDUMP_UNIT\":\"till.service\"";
    }

    private static String kernel(int pid) {
        return "\"_TRANSPORT\":\"kernel\",\"MESSAGE\":\"till[" + pid
                + "]: segfault at 0 ip 0000000000401136 sp 00007ffc error 6 in till[401000+1000]\"";
    }

    @Test
    void aCrashOfWhichSeveralTellIsOneRecordWithoutTheCommandLine() throws IOException {
        CrashCollector crashes = collector();
        boolean unused = crashes.collect(intake);
        assertThat(records).as("what was before the first look").isEmpty();

        entry(coredump(4711), 1);
        entry(kernel(4711), 1);
        entry(
                "\"_AUDIT_TYPE\":\"1701\",\"MESSAGE\":\"ANOM_ABEND auid=1000 uid=1000 ses=2 pid=4711 comm=\\\"till\\\" "
                        + "exe=\\\"/usr/bin/till\\\" sig=11 res=1\"",
                2);
        entry("\"_TRANSPORT\":\"kernel\",\"MESSAGE\":\"usb 1-1: new device\"", 3);
        entry(kernel(4712), 4);
        unused = crashes.collect(intake);
        unused = crashes.collect(intake);

        assertThat(records).hasSize(2).allMatch(each -> each.text("action").equals("Process.Crashed"));
        Json.Obj attributes = records.getFirst().object("attributes");
        assertThat(attributes.text("process.executable.path")).isEqualTo("/usr/bin/till");
        assertThat(attributes.text("process.pid")).isEqualTo("4711");
        assertThat(attributes.text("signal")).isEqualTo("SIGSEGV");
        assertThat(attributes.text("source")).isEqualTo("coredump");
        assertThat(records.toString()).doesNotContain("secret");
        assertThat(records.getLast().object("attributes").text("process.pid")).isEqualTo("4712");
        assertThat(Files.readString(folder.resolve("asked"))).contains("_TRANSPORT=kernel", "--after-cursor=c5");
    }

    @Test
    void theSameNumberAMinuteLaterIsAnotherProcess() throws IOException {
        CrashCollector crashes = collector();
        boolean unused = crashes.collect(intake);
        entry(coredump(4711), 0);
        entry(coredump(4711), 61);
        unused = crashes.collect(intake);

        assertThat(records).hasSize(2);
    }

    @Test
    void aServiceWhoseProcessEndsWithAnErrorIsNoCrash() throws IOException {
        CrashCollector crashes = collector();
        boolean unused = crashes.collect(intake);
        String exit = "\"MESSAGE_ID\":\"98e322203f7a4ed290d09fe03c09fe15\",\"UNIT\":\"till.service\",";
        entry(exit + "\"EXIT_CODE\":\"exited\",\"EXIT_STATUS\":\"3\"", 1);
        entry(exit + "\"EXIT_CODE\":\"exited\",\"EXIT_STATUS\":\"0\"", 2);
        entry(exit + "\"EXIT_CODE\":\"killed\",\"EXIT_STATUS\":\"KILL\"", 3);
        entry(
                "\"MESSAGE_ID\":\"d9b373ed55a64feb8242e02dbe79a49c\",\"UNIT\":\"till.service\",\"UNIT_RESULT\":\"timeout\"",
                4);
        entry("\"MESSAGE_ID\":\"fc2e22bc6ee647b6b90729ab34a250b1\",\"COREDUMP_PID\":\"nonsense\"", 5);
        unused = crashes.collect(intake);

        assertThat(records)
                .extracting(each -> each.text("action"))
                .containsOnly("Process.Exited")
                .hasSize(3);
        assertThat(records.get(0).object("attributes").text("process.exit.code"))
                .isEqualTo("3");
        assertThat(records.get(1).object("attributes").text("signal")).isEqualTo("KILL");
        assertThat(records.get(2).object("attributes").text("result")).isEqualTo("timeout");
        assertThat(records.get(0).object("resource").text("id")).isEqualTo("till.service");
    }

    @Test
    void whereThereIsNoJournalThatIsToldAndReportsComeAllTheSame() throws IOException {
        Files.delete(folder.resolve("journalctl"));
        CrashCollector crashes = collector();
        assertThatThrownBy(() -> crashes.collect(intake)).isInstanceOf(IOException.class);
        report("till");
        assertThatThrownBy(() -> crashes.collect(intake)).isInstanceOf(IOException.class);

        assertThat(records).hasSize(1);
        assertThat(records.getFirst().object("resource").text("id")).isEqualTo("/usr/bin/till");
    }

    @Test
    void crashReportsAreToldOnceAndAgainWhenTheyAreWrittenOver() throws IOException {
        Path report = folder.resolve("crash/_usr_bin_till.1000.crash");
        Files.writeString(report, "before the first look");
        Files.setLastModifiedTime(report, FileTime.fromMillis(NOW - 1_000));
        CrashCollector crashes = collector();
        boolean unused = crashes.collect(intake);
        unused = crashes.collect(intake);
        assertThat(records).isEmpty();

        for (int i = 1; i <= 2; i++) {
            Files.writeString(
                    report, "ProblemType: Crash\nExecutablePath: /usr/bin/till\nSignal: 6\nCoreDump: base64\n AAAA\n");
            now.addAndGet(100_000);
            Files.setLastModifiedTime(report, FileTime.fromMillis(now.get()));
            unused = crashes.collect(intake);
            unused = crashes.collect(intake);
            assertThat(records).hasSize(i);
        }
        assertThat(records.getLast().object("attributes").text("signal")).isEqualTo("6");
        assertThat(records.getLast().object("resource").text("id")).isEqualTo("/usr/bin/till");
    }

    @Test
    void aCrashIsToldThoughTheClockWasSetBackByADaySinceTheLast() throws IOException {
        CrashCollector crashes = collector();
        boolean unused = crashes.collect(intake);
        report("till");
        unused = crashes.collect(intake);
        now.addAndGet(-86_400_000);
        unused = crashes.collect(intake);
        assertThat(records).as("what was told stays told").hasSize(1);

        report("scale");
        unused = crashes.collect(intake);
        unused = crashes.collect(intake);

        assertThat(records)
                .extracting(each -> each.object("resource").text("id"))
                .containsExactly("/usr/bin/till", "/usr/bin/scale");
    }

    private void report(String program) throws IOException {
        now.addAndGet(1_000);
        Path report = folder.resolve("crash/_usr_bin_" + program + ".1000.crash");
        Files.writeString(report, "ProblemType: Crash\n");
        Files.setLastModifiedTime(report, FileTime.fromMillis(now.get()));
    }
}
