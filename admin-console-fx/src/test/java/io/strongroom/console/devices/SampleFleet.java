package io.strongroom.console.devices;

import io.strongroom.api.AskedCommand;
import io.strongroom.api.Device;
import io.strongroom.api.DeviceGroup;
import io.strongroom.api.EnrolmentToken;
import io.strongroom.api.json.Json;
import io.strongroom.api.telemetry.DeviceScore;
import io.strongroom.api.telemetry.FleetDevice;
import io.strongroom.api.telemetry.HealthSeries;
import io.strongroom.api.telemetry.InstalledSoftware;
import io.strongroom.api.telemetry.Measure;
import io.strongroom.api.telemetry.SoftwareChange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** A fleet as an appliance would tell it. */
final class SampleFleet {
    static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private SampleFleet() {}

    static FleetDevice device(String id, String label, String group, String state, @Nullable Instant seen) {
        return new FleetDevice(
                id,
                label,
                group,
                state,
                "2026-09-02T08:15:00Z",
                "2026-09-02T08:15:00Z",
                seen == null ? null : "2026-09-02T08:16:00Z",
                seen == null ? null : seen.toString(),
                "signed-batches",
                "sha256:6f0c2c0f2f3a",
                Map.of(
                        "os.name", new FleetDevice.Fact("Debian 13", null, "2026-11-21T11:00:00Z", 12),
                        "host.name", new FleetDevice.Fact(null, "staff only", "2026-11-21T11:00:00Z", 12)),
                null);
    }

    static List<FleetDevice> all() {
        List<FleetDevice> all = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            all.add(device(
                    "dev-" + "abcdefghij234567".substring(i % 10, i % 10 + 6) + i,
                    (i % 3 == 0 ? "Till " : "Ward terminal ") + (i + 1),
                    i % 3 == 0 ? "tills" : "wards",
                    i == 4 ? "locked" : i == 7 ? "pending" : i == 9 ? "revoked" : "active",
                    i == 7 ? null : NOW.minus(i % 8 == 2 ? Duration.ofHours(5) : Duration.ofSeconds(20L + i))));
        }
        return all;
    }

    static DeviceViewModel.About about() {
        Json.Obj json = Json.parseObject("""
                {"id":"dev-abcdef0","label":"Till 1","group":"tills","state":"active","generation":3,
                 "madeAt":"2026-09-02T08:15:00Z","changedAt":"2026-09-02T08:15:00Z","changedBy":"ann@example.com",
                 "witnessKey":"sha256:2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae",
                 "certificates":[{"sha256":"fcde2b2edba56bf408601fb721fe9b5c338d10ee429ea04fae5511b68fbf8fb9","serial":"3f",
                  "generation":3,"key":"sha256:baa5a0964d3320fbc0c6a922140453c8513ea24ab8fd0577034804a967248096",
                  "issuedAt":"2026-11-01T00:00:00Z","endsAt":"2027-01-30T00:00:00Z","renewAt":"2026-12-16T03:12:00Z",
                  "usedAt":"2026-11-01T00:00:10Z"}]}""".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return new DeviceViewModel.About(
                Device.fromJson(json),
                device("dev-abcdef0", "Till 1", "tills", "active", NOW.minusSeconds(20)),
                new DeviceScore(
                        OptionalDouble.of(81),
                        80,
                        List.of(
                                known("processor", 20, "system.cpu.utilization", 0.42, 100),
                                known("memory", 20, "system.memory.utilization", 0.83, 68),
                                known("disk", 15, "system.filesystem.utilization", 0.91, 39),
                                missing("responsiveness", 20, "not-told"),
                                missing("stability", 15, "hidden"))));
    }

    private static DeviceScore.Component known(String name, long weight, String input, double value, double score) {
        return new DeviceScore.Component(
                name,
                weight,
                input,
                OptionalDouble.of(0.5),
                OptionalDouble.of(1),
                OptionalDouble.of(value),
                OptionalDouble.of(score),
                null);
    }

    private static DeviceScore.Component missing(String name, long weight, String why) {
        OptionalDouble none = OptionalDouble.empty();
        return new DeviceScore.Component(name, weight, "network.latency", none, none, none, none, why);
    }

    static DeviceViewModel.Health health() {
        List<Measure> newest = new ArrayList<>();
        List<Curve> curves = new ArrayList<>();
        for (String metric : List.of(
                "system.cpu.utilization",
                "system.memory.utilization",
                "system.filesystem.utilization[/var]",
                "network.latency",
                "agent.queue.depth")) {
            newest.add(new Measure(
                    metric,
                    "telemetry.health",
                    pointer(metric),
                    NOW.toString(),
                    OptionalDouble.of(scaled(metric, 0.4)),
                    null,
                    12));
            curves.add(Curve.of(metric, series(metric)));
        }
        newest.add(new Measure(
                "process.crashes", "incident.process", "/action", null, OptionalDouble.empty(), "staff only", 14));
        return new DeviceViewModel.Health(Span.DAY, NOW.minus(Span.DAY.length()), NOW, newest, curves);
    }

    private static String pointer(String metric) {
        return "/attributes/measures/" + metric;
    }

    private static double scaled(String metric, double part) {
        return metric.endsWith("depth") ? Math.round(part * 900) : metric.endsWith("latency") ? part / 4 : part;
    }

    /** A day by the hour, of which five hours are missing, and one stands alone. */
    static HealthSeries series(String metric) {
        List<HealthSeries.Point> points = new ArrayList<>();
        for (int hour = 0; hour <= 24; hour++) {
            if (hour >= 8 && hour < 13 && hour != 10) {
                continue;
            }
            double mean = scaled(metric, 0.35 + 0.25 * Math.sin(hour / 3.0 + metric.length()));
            points.add(new HealthSeries.Point(
                    NOW.minus(Duration.ofHours(24L - hour)).toString(), 60, mean * 0.8, mean * 1.2, mean, mean));
        }
        return new HealthSeries("hour", points, 0);
    }

    static DeviceViewModel.Software software() {
        return new DeviceViewModel.Software(
                List.of(
                        new InstalledSoftware(
                                "pkg:deb/debian/openssl", "3.5.4-1", "installed", "2026-11-20T04:00:00Z", 5),
                        new InstalledSoftware(
                                "pkg:deb/debian/systemd", "257.9-1", "installed", "2026-09-02T08:20:00Z", 5)),
                List.of(
                        new SoftwareChange("pkg:deb/debian/openssl", "3.5.4-1", "added", "2026-11-20T04:00:00Z", 5),
                        new SoftwareChange("pkg:deb/debian/openssl", "3.5.3-1", "removed", "2026-11-20T04:00:00Z", 5)));
    }

    static List<AskedCommand> commands() {
        return List.of(
                command("done", "2026-11-21T11:40:02Z", null),
                command("failed", "2026-11-21T10:02:02Z", "the certificate is not due for renewal"));
    }

    private static AskedCommand command(String state, String settled, @Nullable String detail) {
        return AskedCommand.fromJson(Json.object()
                .put("id", "cmd-abcdefghijklmnop")
                .put("kind", detail == null ? "collect" : "renew")
                .put("expiresAt", "2026-11-22T11:40:00Z")
                .put("device", "dev-abcdef0")
                .put("state", state)
                .put("madeBy", "ann@example.com")
                .put("madeAt", "2026-11-21T11:40:00Z")
                .put("deliveredAt", "2026-11-21T11:40:01Z")
                .put("settledAt", settled)
                .put("reason", detail == null ? null : "not-due")
                .put("detail", detail)
                .build());
    }

    static List<EnrolmentToken> tokens() {
        return List.of(
                token("t1", "Till 41", null, null),
                token("t2", "Ward terminal 12", "2026-11-21T11:05:00Z", "dev-abcdef0"));
    }

    private static EnrolmentToken token(String id, String label, @Nullable String used, @Nullable String device) {
        return new EnrolmentToken(
                id,
                null,
                label,
                "tills",
                "ann@example.com",
                "2026-11-21T11:00:00Z",
                "2026-11-21T12:30:00Z",
                used,
                null,
                device);
    }

    static List<DeviceGroup> groups() {
        return List.of(
                new DeviceGroup("default", false, "strongroom"), new DeviceGroup("tills", true, "ann@example.com"));
    }
}
