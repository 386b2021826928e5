package io.strongroom.server.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.api.json.Json;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormalTest {
    private static Map<String, String> normal(String told) {
        return Normal.of(Json.parseObject(told.getBytes(UTF_8))).entrySet().stream()
                .collect(toMap(Map.Entry::getKey, each -> each.getValue().json().toString()));
    }

    @Test
    void theAgentAndPlainTelemetryComeOutInTheSameForm() {
        Map<String, String> agent = normal("""
                {"measures":{"system.cpu.utilization":0.125,"system.memory.utilization":0.41,"hw.temperature":51,
                "hw.battery.charge":0.8},"agent":{"version":"1.0","queue":{"waiting":3}}}""");
        Map<String, String> plain = normal("""
                {"device_id":"dev-a","user_id":"jane","timestamp":"2026-11-21T01:02:03Z","messageId":"m-1",
                "hardware":{"cpu":12.5,"memory":41,"thermal":51,"battery":80},"agent":{"version":"1.0","queue_depth":3}}""");
        assertThat(plain).isEqualTo(agent).containsEntry("system.cpu.utilization", "0.125");
    }

    @Test
    void unitsBecomeThoseOfOpenTelemetry() {
        assertThat(normal("{\"network\":{\"latency_ms\":37.5,\"throughput_mbps\":8,\"proxy\":true}}"))
                .isEqualTo(
                        Map.of("network.latency", "0.0375", "network.throughput", "1000000", "network.proxy", "true"));
    }

    @ParameterizedTest
    @CsvSource({
        "Ubuntu,linux",
        "Red Hat Enterprise Linux,linux",
        "linux,linux",
        "Windows 11 Pro,windows",
        "macOS,darwin",
        "Darwin,darwin",
        "FreeBSD,freebsd",
        "SunOS,solaris",
        "BeOS,other"
    })
    void systemsAreTheSameWhateverTheyCallThemselves(String told, String type) {
        assertThat(normal("{\"measures\":{\"os.type\":\"" + told + "\"}}")).containsEntry("os.type", '"' + type + '"');
        assertThat(normal("{\"os\":{\"type\":\"" + told + "\"}}")).containsEntry("os.type", '"' + type + '"');
    }

    @Test
    void hostsAreTheSameInAnyCase() {
        assertThat(normal("{\"host\":{\"name\":\"Till-4.Example.COM.\"}}"))
                .containsEntry("host.name", "\"till-4.example.com\"");
    }

    @Test
    void whatCannotBeTrueIsLeftOutAndWhatIsNotUnderstoodStays() {
        assertThat(normal("""
                {"hardware":{"cpu":140,"memory":-1,"thermal":"warm","battery":null},"agent":{"status":"degraded"},
                "hw.temperature":9999,"odd":{"a":[1,{"b":2}],"c":true}}"""))
                .isEqualTo(Map.of("agent.status", "\"degraded\"", "odd.a", "[1,{\"b\":2}]", "odd.c", "true"));
    }

    @Test
    void packagesHaveAUrlWhoeverListsThem() {
        assertThat(normal("""
                {"software":{"packages":[{"name":"Acrobat Reader","version":"24.1","signature":"sha256:00"},7,{"name":""},
                {"purl":"pkg:deb/debian/bash@5.2?arch=amd64","status":"install ok installed"}]}}"""))
                .containsEntry(
                        "packages",
                        "[{\"purl\":\"pkg:generic/Acrobat%20Reader@24.1\"},"
                                + "{\"purl\":\"pkg:deb/debian/bash@5.2?arch=amd64\",\"status\":\"install ok installed\"}]");
    }

    @Test
    void noUserAndNoNulIsAmongTheAttributes() {
        Map<String, String> normal = normal(
                "{\"user_id\":\"jane\",\"user\":{\"name\":\"jane\"},\"line\":\"jane\",\"a\\u0000b\":\"c\\u0000d\"}");
        assertThat(normal).isEqualTo(Map.of("a b", "\"c d\""));
    }

    @Test
    void aHostileDocumentBecomesNoMoreThanSoMuch() {
        StringBuilder deep = new StringBuilder();
        StringBuilder wide = new StringBuilder("{\"x\":0");
        for (int i = 0; i < 40; i++) {
            deep.append("{\"n\":");
        }
        for (int i = 0; i < 5_000; i++) {
            wide.append(",\"k").append(i).append("\":1");
        }
        assertThat(normal("{\"deep\":" + deep + "1" + "}".repeat(40) + "}")).isEmpty();
        assertThat(normal(wide + "}")).hasSize(2_000);
        assertThat(normal("{\"measures\":[],\"hardware\":7,\"agent\":\"x\",\"software\":{\"packages\":7}}"))
                .containsEntry("packages", "[]");
    }
}
