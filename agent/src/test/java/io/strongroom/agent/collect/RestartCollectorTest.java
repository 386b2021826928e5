package io.strongroom.agent.collect;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.agent.launch.RestartLog;
import io.strongroom.agent.line.DeviceLines;
import io.strongroom.api.AuditRecord;
import io.strongroom.api.json.Json;
import io.strongroom.evidence.SourceId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RestartCollectorTest {
    @TempDir
    private Path data;

    private final List<Json.Obj> records = new ArrayList<>();
    private final Map<String, String> positions = new HashMap<>();

    private void collect() throws IOException {
        DeviceLines lines = new DeviceLines(new SourceId("laptop-7"), "acme");
        InstantSource clock = InstantSource.fixed(Instant.parse("2026-11-21T02:00:00Z"));
        boolean unused = new RestartCollector(lines, new RestartLog(data), clock).collect(new Intake() {
            @Override
            public void take(List<AuditRecord.Builder> taken, String key, String position) {
                taken.forEach(record -> records.add(Json.parseObject(lines.line(record))));
                positions.put(key, position);
            }

            @Override
            public Optional<String> position(String key) {
                return Optional.ofNullable(positions.get(key));
            }
        });
    }

    @Test
    void eachRestartIsOneRecordWithItsCauseItsCollectorAndWhatFollowsForThat() throws IOException {
        collect();
        assertThat(records).isEmpty();

        String first =
                "{\"number\":7,\"at\":\"2026-11-21T01:00:00.000Z\",\"cause\":\"cpu\",\"collector\":\"logs\",\"told\":\"x\"}\n";
        Files.writeString(data.resolve("restarts.ndjson"), first);
        collect();
        Files.writeString(
                data.resolve("restarts.ndjson"),
                first + first.replace(":7", ":8").replace("T01:00", "T01:30")
                        + "{\"number\":9,\"at\":\"2026-11-21T01:45:00.000Z\",\"cause\":\"ended\",\"told\":\"y\"}\n");
        collect();
        collect();

        assertThat(records)
                .extracting(record -> record.text("action"))
                .containsOnly("Agent.Restarted")
                .hasSize(3);
        assertThat(records.get(0).text("occurredAt")).startsWith("2026-11-21T01:00:00");
        assertThat(records.get(0).object("attributes").text("collectorRuns")).isEqualTo("as-before");
        assertThat(records.get(1).object("attributes").text("collector")).isEqualTo("logs");
        assertThat(records.get(1).object("attributes").text("collectorRuns")).isEqualTo("slower");
        assertThat(records.get(2).object("attributes").text("cause")).isEqualTo("ended");
        assertThat(records.get(2).object("attributes").members()).doesNotContainKey("collector");
    }
}
