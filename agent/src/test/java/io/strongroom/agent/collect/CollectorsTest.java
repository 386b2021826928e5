package io.strongroom.agent.collect;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.agent.line.DeviceLines;
import io.strongroom.api.AuditRecord;
import io.strongroom.api.json.Json;
import io.strongroom.evidence.SourceId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CollectorsTest {
    @TempDir
    private Path folder;

    private final DeviceLines lines = new DeviceLines(new SourceId("laptop-7"), "acme");
    private final List<Json.Obj> records = new ArrayList<>();
    private final Map<String, String> positions = new HashMap<>();
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

    @Test
    void healthTellsWhatWasMeasuredAndNothingElse() throws IOException {
        HealthCollector health = new HealthCollector(lines, InstantSource.system());
        boolean unused = health.collect(intake);
        unused = health.collect(intake);

        Json.Obj measures = records.getLast().object("attributes").object("measures");
        assertThat(measures.integer("system.memory.limit")).isPositive();
        assertThat(measures.integer("system.uptime")).isPositive();
        assertThat(measures.members()).containsKey("system.memory.utilization");
        assertThat(measures.toString()).doesNotContain("NaN").doesNotContain(":-1");
        assertThat(records.getFirst().text("salt"))
                .hasSize(22)
                .isNotEqualTo(records.getLast().text("salt"));
    }

    @Test
    void valuesThatAreNoneAreLeftOut() {
        Measures measures = new Measures()
                .amount("a", -1)
                .number("b", Double.NaN)
                .ratio("c", -0.1)
                .ratio("d", 1, 0)
                .text("e", " ")
                .ratio("f", 0.12345)
                .amount("g", 0);
        assertThat(measures.toJson()).hasToString("{\"f\":0.1235,\"g\":0}");
    }

    @Test
    void inventoryIsToldWholeAndAgainOnlyWhenItChanged() throws IOException {
        Path status = folder.resolve("status");
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 400; i++) {
            text.append("Package: lib")
                    .append(i)
                    .append("\nStatus: install ok installed\nVersion: 1:2.")
                    .append(i)
                    .append("-3+b1\nArchitecture: amd64\nDescription: many\n lines: of it\n\n");
        }
        text.append("Package: gone\nStatus: deinstall ok config-files\nVersion: 1\nArchitecture: all\n");
        Files.writeString(status, text);
        InventoryCollector inventory = new InventoryCollector(status, lines, InstantSource.system());
        boolean unused = inventory.collect(intake);
        unused = inventory.collect(intake);

        assertThat(records).hasSizeGreaterThanOrEqualTo(3);
        List<Json.Obj> packages = records.stream()
                .flatMap(record -> record.object("attributes").objects("packages", each -> each).stream())
                .toList();
        assertThat(packages).hasSizeGreaterThanOrEqualTo(400);
        assertThat(packages.stream().map(each -> each.text("purl")))
                .anyMatch(purl -> purl.matches("pkg:deb/[a-z]+/lib7@1%3A2\\.7-3%2Bb1\\?arch=amd64"))
                .noneMatch(purl -> purl.contains("gone"));
        int told = records.size();
        Files.writeString(status, "\nPackage: new\nStatus: install ok installed\nVersion: 1\nArchitecture: all\n");
        unused = inventory.collect(intake);
        assertThat(records.size()).isGreaterThan(told);
    }

    @Test
    void rpmPackagesHaveTheirEpochWhereTheyHaveOne() {
        assertThat(SoftwarePackage.ofRpm(
                        List.of("bash\t(none)\t5.2-1.el9\tx86_64", "vim\t2\t9.0-1\tnoarch", "rubbish"), "rhel"))
                .extracting(SoftwarePackage::purl)
                .containsExactly(
                        "pkg:rpm/rhel/bash@5.2-1.el9?arch=x86_64", "pkg:rpm/rhel/vim@9.0-1?arch=noarch&epoch=2");
    }

    @Test
    void theJournalGoesOnAfterTheCursorOfTheLastEntry() throws IOException {
        Path program = folder.resolve("journalctl");
        Files.writeString(program, """
                #!/bin/sh
                for argument; do last=$argument; done
                case $last in
                  --after-cursor=*) from=${last#--after-cursor=c} ;;
                  *) from=0 ;;
                esac
                i=$((from + 1))
                while [ $i -le 250 ]; do
                  echo "{\\"__CURSOR\\":\\"c$i\\",\\"__REALTIME_TIMESTAMP\\":\\"1795222923000000\\",\\"MESSAGE\\":\\"m$i\\",\\"_PID\\":\\"1\\"}"
                  i=$((i + 1))
                done
                """);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        JournalCollector journal = new JournalCollector(program.toString(), lines, InstantSource.system());
        int looks = 1;
        while (journal.collect(intake)) {
            looks++;
        }

        assertThat(looks).isEqualTo(3);
        assertThat(records).hasSize(250);
        assertThat(positions).containsEntry("journal", "c250");
        assertThat(records.getLast().object("attributes").text("line")).contains("m250");
    }

    @Test
    void aFileThatMayNotBeReadHindersNoOther() throws IOException {
        Path good = folder.resolve("a.log");
        Files.writeString(good, "one\ntwo\n");
        Files.createDirectory(folder.resolve("b.log"));
        LogCollector logs = new LogCollector(
                List.of(folder.resolve("none.log"), folder.resolve("*.log")),
                false,
                true,
                lines,
                InstantSource.system());
        while (logs.collect(intake)) {
            assertThat(records.size()).isLessThan(3);
        }

        assertThat(records).hasSize(2);
    }
}
