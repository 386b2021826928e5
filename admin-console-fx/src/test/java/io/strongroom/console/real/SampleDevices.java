package io.strongroom.console.real;

import io.strongroom.api.AuditRecord;
import io.strongroom.api.client.StrongroomClient;
import io.strongroom.api.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** The clinic's devices: one that tells of a whole day, one whose disk is full, one whose queue was lost, and others. */
final class SampleDevices implements AutoCloseable {
    private static final Duration CODE = Duration.ofMinutes(10);
    private static final String HEALTH = "telemetry.health";
    private static final int MEASURES_A_DAY = 144;
    private static final List<String> LABELS = List.of(
            "Reception, left desk",
            "Reception, right desk",
            "Ward north, nurses’ cart",
            "Laboratory, analyser 2",
            "Pharmacy, counter",
            "Children’s ward, office");
    private static final List<String> PACKAGES = List.of(
            "openssl@3.0.17-1~deb12u2",
            "openssh-client@9.2p1-2+deb12u7",
            "libc6@2.36-9+deb12u13",
            "systemd@252.39-1~deb12u1",
            "sudo@1.9.13p3-1+deb12u2",
            "firefox-esr@128.14.0esr-1~deb12u1",
            "libreoffice-core@7.4.7-1+deb12u8",
            "cups@2.4.2-3+deb12u9",
            "bash@5.2.15-2+b9",
            "curl@7.88.1-10+deb12u14",
            "tzdata@2025b-0+deb12u2",
            "zlib1g@1.2.13.dfsg-1");

    private final List<RealDevice> all = new ArrayList<>();
    private final SplittableRandom random = new SplittableRandom(7);
    private final Instant now = Instant.now();

    SampleDevices(RealAppliance appliance, StrongroomClient security) {
        for (String label : LABELS) {
            String code = String.valueOf(
                    security.devices().token(label, "default", CODE).code());
            all.add(RealDevice.enrol(appliance, code));
        }
        security.devices().token("Ward south, nurses’ cart", "default", CODE);
        security.devices().decide(all.getLast().id(), "revoke");
    }

    String best() {
        return all.getFirst().id();
    }

    void tell() {
        for (int i = 0; i < all.size() - 1; i++) {
            health(all.get(i), i, i == 0 ? MEASURES_A_DAY : 3);
            software(all.get(i));
        }
        RealDevice first = all.getFirst();
        first.send(
                "telemetry.sessions",
                IntStream.range(0, 5).mapToObj(each -> session(first, each)).toList());
        first.send("telemetry.deployments", deployments(first));
        RealDevice lost = all.get(2);
        lost.send("audit.logs", List.of(line(lost, "Accepted publickey for u-sato from 192.0.2.14 port 41022 ssh2")));
        lost.loseQueue("audit.logs");
        lost.send("audit.logs", List.of(line(lost, "Connection closed by 192.0.2.14 port 41022")));
    }

    private void health(RealDevice device, int which, int times) {
        List<AuditRecord.Builder> records = new ArrayList<>();
        for (int i = times - 1; i >= 0; i--) {
            records.add(health(device, which, now.minus(Duration.ofMinutes(10L * i))));
        }
        device.send(HEALTH, records);
    }

    private AuditRecord.Builder health(RealDevice device, int which, Instant when) {
        int minute = (int) (when.getEpochSecond() / 60 % 1_440);
        // Work begins at seven and ends at six.
        double busy = minute > 420 && minute < 1_080 ? Math.sin((minute - 420) / 660.0 * Math.PI) : 0;
        double disk = which == 3 ? 0.985 : 0.41 + 0.02 * busy;
        return device.about(HEALTH, "Telemetry.Health", when)
                .attribute(
                        "measures",
                        Json.object()
                                .put("system.cpu.utilization", number(0.06 + 0.5 * busy + 0.12 * random.nextDouble()))
                                .put(
                                        "system.memory.utilization",
                                        number(0.38 + 0.25 * busy + 0.03 * random.nextDouble()))
                                .put("system.process.count", Json.of(180 + (long) (90 * busy) + random.nextInt(12)))
                                .put("network.latency", number(0.012 + 0.02 * busy + 0.008 * random.nextDouble()))
                                .put("hw.temperature", number(41 + 14 * busy + 3 * random.nextDouble()))
                                .put("system.uptime", Json.of(86_400 + minute * 60L))
                                .put("agent.queue.depth", Json.of(random.nextInt(6)))
                                .put("os.type", "Linux")
                                .put("os.version", "Debian GNU/Linux 12 (bookworm)")
                                .put("host.name", "clinic-ws-" + (41 + which))
                                .build())
                .attribute(
                        "filesystems",
                        new Json.Arr(List.of(Json.object()
                                .put("system.filesystem.mountpoint", "/")
                                .put("system.filesystem.type", "ext4")
                                .put("system.filesystem.limit", Json.of(250_000_000_000L))
                                .put("system.filesystem.utilization", number(disk))
                                .build())));
    }

    private static Json number(double value) {
        return new Json.Num(String.format(java.util.Locale.ROOT, "%.4f", value));
    }

    private void software(RealDevice device) {
        List<Json> packages = PACKAGES.stream()
                .<Json>map(each -> Json.object()
                        .put(
                                "purl",
                                "pkg:deb/debian/" + each.replace("+", "%2B").replace("~", "%7E") + "?arch=amd64")
                        .put("status", "installed")
                        .build())
                .toList();
        for (int round = device == all.getFirst() ? 1 : 0; round >= 0; round--) {
            // A day ago, two packages were not there yet.
            List<Json> some = packages.subList(0, packages.size() - 2 * round);
            device.send(
                    "inventory.software",
                    List.of(device.about("inventory.software", "Inventory.Software", now.minus(Duration.ofDays(round)))
                            .attribute("inventory", "sha256:" + "%064x".formatted(round + 1))
                            .attribute("part", Json.of(1))
                            .attribute("parts", Json.of(1))
                            .attribute("count", Json.of(some.size()))
                            .attribute("packages", new Json.Arr(some))));
        }
    }

    private AuditRecord.Builder session(RealDevice device, int number) {
        Instant began = now.minus(Duration.ofHours(3L * number + 2));
        AuditRecord.Builder told = device.about("telemetry.sessions", "Device.Telemetry", began)
                .attribute("session_id", "s-" + (4_410 - number))
                .attribute("user_id", number % 2 == 0 ? "u-weber" : "u-haddad")
                .attribute("start", began.toString())
                .attribute(
                        "context",
                        Json.object()
                                .put("network", "corp")
                                .put("vpn", Json.of(false))
                                .build());
        return number == 0
                ? told
                : told.attribute("end", began.plus(Duration.ofMinutes(95)).toString());
    }

    private List<AuditRecord.Builder> deployments(RealDevice device) {
        List<AuditRecord.Builder> told = new ArrayList<>();
        for (String state : List.of("Started", "Succeeded")) {
            told.add(AuditRecord.of(device.id(), "Deployment." + state, now.minus(Duration.ofHours(5))).stream(
                            "telemetry.deployments")
                    .actor("Device", device.id())
                    .resource("Deployment", "rollout-november")
                    .attribute("package", "pkg:deb/debian/openssl@3.0.17-1"));
        }
        return told;
    }

    private AuditRecord.Builder line(RealDevice device, String text) {
        return device.about("audit.logs", "Log.Line", now)
                .attribute("file", "/var/log/auth.log")
                .attribute("line", text);
    }

    @Override
    public void close() {
        all.forEach(RealDevice::close);
    }
}
