package io.strongroom.agent.collect;

import io.strongroom.agent.line.DeviceLines;
import io.strongroom.api.AuditRecord;
import io.strongroom.api.json.Json;
import io.strongroom.evidence.Digest;
import io.strongroom.evidence.StreamName;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Collects what software is installed, from dpkg and rpm, wherever they are. Told as a whole, over several records, when it
 * is another than it was told last.
 */
public final class InventoryCollector implements Collector {
    private static final StreamName STREAM = new StreamName("inventory.software");
    private static final String KEY = "inventory";
    private static final Path OS_RELEASE = Path.of("/etc/os-release");
    private static final List<Path> RPM = List.of(Path.of("/usr/bin/rpm"), Path.of("/bin/rpm"));

    /** Packages in a record: with long names, still under its 64 KiB. */
    private static final int PART = 150;

    /** Records that are taken at once. */
    private static final int MOST_PACKAGES = 20_000;

    private final Path dpkgStatus;
    private final DeviceLines device;
    private final InstantSource clock;

    /** @param dpkgStatus dpkg's list */
    public InventoryCollector(Path dpkgStatus, DeviceLines device, InstantSource clock) {
        this.dpkgStatus = dpkgStatus;
        this.device = device;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "inventory";
    }

    @Override
    public StreamName stream() {
        return STREAM;
    }

    @Override
    public boolean collect(Intake intake) throws IOException {
        List<SoftwarePackage> packages = new ArrayList<>();
        String distribution = distribution();
        if (Files.isReadable(dpkgStatus)) {
            String status = new String(Files.readAllBytes(dpkgStatus), StandardCharsets.UTF_8);
            packages.addAll(SoftwarePackage.ofDpkg(status.lines().toList(), distribution));
        }
        for (Path rpm : RPM) {
            if (Files.isExecutable(rpm)) {
                packages.addAll(SoftwarePackage.ofRpm(list(rpm), distribution));
                break;
            }
        }
        packages.sort(Comparator.comparing(SoftwarePackage::purl).thenComparing(SoftwarePackage::status));
        List<SoftwarePackage> told = packages.subList(0, Math.min(packages.size(), MOST_PACKAGES));
        String digest = digest(told);
        if (!told.isEmpty() && !intake.position(KEY).equals(java.util.Optional.of(digest))) {
            intake.take(records(told, packages.size(), digest), KEY, digest);
        }
        return false;
    }

    private static String digest(List<SoftwarePackage> packages) {
        StringBuilder all = new StringBuilder();
        packages.forEach(each ->
                all.append(each.purl()).append(' ').append(each.status()).append('\n'));
        return Digest.of(all.toString().getBytes(StandardCharsets.UTF_8)).toString();
    }

    private List<AuditRecord.Builder> records(List<SoftwarePackage> packages, int all, String digest) {
        List<AuditRecord.Builder> records = new ArrayList<>();
        Instant now = clock.instant();
        int parts = (packages.size() + PART - 1) / PART;
        for (int part = 0; part < parts; part++) {
            List<Json> some = packages.subList(part * PART, Math.min(packages.size(), (part + 1) * PART)).stream()
                    .<Json>map(each -> Json.object()
                            .put("purl", each.purl())
                            .put("status", each.status())
                            .build())
                    .toList();
            records.add(device.about(STREAM, "Inventory.Software", now)
                    .attribute("inventory", digest)
                    .attribute("part", Json.of(part + 1L))
                    .attribute("parts", Json.of(parts))
                    .attribute("count", Json.of(all))
                    .attribute("packages", new Json.Arr(some)));
        }
        return records;
    }

    private static List<String> list(Path rpm) throws IOException {
        Process process = new ProcessBuilder(
                        rpm.toString(), "-qa", "--qf", "%{NAME}\t%{EPOCH}\t%{VERSION}-%{RELEASE}\t%{ARCH}\n")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader in = process.inputReader(StandardCharsets.UTF_8)) {
            return in.lines().toList();
        } finally {
            process.destroyForcibly();
        }
    }

    private static String distribution() throws IOException {
        if (Files.isReadable(OS_RELEASE)) {
            for (String line : Files.readAllLines(OS_RELEASE)) {
                if (line.startsWith("ID=")) {
                    return line.substring(3).replace("\"", "").strip();
                }
            }
        }
        return "linux";
    }
}
