package io.strongroom.server.devices;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.api.json.Json;
import io.strongroom.server.ApplianceFixture;
import io.strongroom.server.PolicyOf;
import io.strongroom.server.devices.TestDevice.Enrolled;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What policy wants collected is told to the device whose group it is about, by its rule and bundle. */
final class DeviceSettingsTest {
    private static final String AGENTS = """
            rules:
              - {name: tills, groups: [till-*], collect: {health: {enabled: false}}}
              - {groups: [def*], collect: {logs: {everySeconds: 5, linesPerSecond: 200}, journal: {enabled: true}}}
              - collect: {health: {everySeconds: 1}}
            """;

    @TempDir
    private Path data;

    @Test
    void aDeviceIsToldWhatTheFirstRuleForItsGroupSays() {
        try (ApplianceFixture appliance = ApplianceFixture.start(data, List.of(PolicyOf.agents(AGENTS)));
                Enrolled device = TestDevice.enrolled(appliance)) {
            HttpResponse<String> answer = device.get("/api/v1/device/settings");
            Json.Obj told = Json.parseObject(answer.body().getBytes(UTF_8));

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(told.object("settings").toString())
                    .isEqualTo("{\"collect.journal.enabled\":\"true\",\"collect.logs.every-seconds\":\"5\","
                            + "\"collect.logs.lines-per-second\":\"200\"}");
            assertThat(told.text("rule")).isEqualTo("agents.yaml:3");
            assertThat(told.object("bundle").text("digest")).startsWith("sha256:");
        }
    }
}
