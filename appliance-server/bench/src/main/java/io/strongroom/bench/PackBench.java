package io.strongroom.bench;

import io.strongroom.api.ExportFormat;
import io.strongroom.api.ExportRequest;
import io.strongroom.api.ExportStatus;
import io.strongroom.api.Selection;
import io.strongroom.api.client.StrongroomClient;
import io.strongroom.installer.Distribution;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** How fast a pack is made and on disk, beside {@code COPY TO}; and how fast it is verified, beside {@code sha256sum}. */
final class PackBench {
    private static final int VERIFIER_HEAP_MEGABYTES = 256;
    private static final int RUNS = 5;
    private static final String COPIED = "SELECT seq, body FROM peer_export";

    private final Report report;
    private final WarmUp warmUp;
    private final long records;

    PackBench(Report report, WarmUp warmUp, long records) {
        this.report = report;
        this.warmUp = warmUp;
        this.records = records;
    }

    void run() throws IOException, SQLException, InterruptedException, ExecutionException {
        try (Stand stand = Stand.start(report)) {
            Path pack = stand.folder().resolve("pack.zip");
            Path unpacked = stand.folder().resolve("unpacked");
            export(stand, pack, unpacked);
            // An auditor's machine has no appliance on it.
            stand.stopServers();
            verify(pack, unpacked, stand.appliance().trustFile());
        }
    }

    private void export(Stand stand, Path pack, Path unpacked)
            throws IOException, SQLException, InterruptedException, ExecutionException {
        report.say("sending " + records + " records");
        try (Load load = new Load(stand.appliance(), stand.token())) {
            load.sendAtLeast(records);
        }
        double ours = recordsPerSecond(stand, pack);
        unpack(pack, unpacked);
        fillPeer(stand, unpacked);
        double file =
                best(() -> stand.peer().copyToFileSeconds(COPIED, stand.folder().resolve("copied")));
        double dropped = best(() -> stand.peer().copyOutSeconds(COPIED));
        report.add(new Row("export", ours, "records/s", "COPY TO a file, fsync", records / file, true));
        report.add(new Row("export-dropped", ours, "records/s", "COPY TO, dropped", records / dropped, true));
        report.add(Row.alone("pack-size", Files.size(pack) / 1e6, "MB"));
    }

    private double recordsPerSecond(Stand stand, Path pack)
            throws IOException, SQLException, InterruptedException, ExecutionException {
        try (StrongroomClient client = stand.client()) {
            client.ledger().awaitCheckpoint(records, Duration.ofSeconds(30));
            report.say("making packs of " + records + " records");
            warmUp.of(
                    seconds -> {
                        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
                        while (System.nanoTime() < end) {
                            ready(client);
                        }
                    },
                    stand.appliance().pid());
            double best = best(() -> {
                long start = System.nanoTime();
                ready(client);
                return (System.nanoTime() - start) / 1e9;
            });
            client.exports().download(ready(client), pack, bytes -> {});
            return records / best;
        }
    }

    private ExportStatus ready(StrongroomClient client) {
        ExportStatus asked = client.exports()
                .request(new ExportRequest(Selection.range(0, records - 1), ExportFormat.NDJSON, "benchmark"));
        return client.exports().await(asked.id(), Duration.ofMinutes(10), progress -> {});
    }

    /** The same stored records in a bare table. */
    private static void fillPeer(Stand stand, Path folder) throws IOException, SQLException {
        try (Stream<Path> files = Files.walk(folder)) {
            Iterator<byte[]> records = files.filter(file -> file.toString().contains("/data/records/"))
                    .sorted()
                    .flatMap(PackBench::lines)
                    .map(line -> line.getBytes(StandardCharsets.UTF_8))
                    .iterator();
            stand.peer().fill("peer_export", records);
        }
    }

    /** Something that takes a time, in seconds. */
    @FunctionalInterface
    private interface Timed {
        double seconds() throws IOException, SQLException;
    }

    private static double best(Timed work) throws IOException, SQLException {
        double best = Double.MAX_VALUE;
        for (int run = 0; run < RUNS; run++) {
            best = Math.min(best, work.seconds());
        }
        return best;
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.lines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void verify(Path pack, Path folder, Path trust) throws IOException, InterruptedException {
        double bytes = Stand.bytesUnder(folder) / 1e6;
        report.say("verifying it " + RUNS + " times");
        List<String> verifier = new ArrayList<>(Distribution.current().verifier());
        verifier.add(1, "-Xmx" + VERIFIER_HEAP_MEGABYTES + "m");
        verifier.addAll(List.of("verify", pack.toString(), "--trust", trust.toString()));
        List<String> sha256sum =
                List.of("sh", "-c", "find '" + folder + "' -type f -print0 | xargs -0 sha256sum > /dev/null");
        double ours = Double.MAX_VALUE;
        double peer = Double.MAX_VALUE;
        for (int run = 0; run < RUNS; run++) {
            ours = Math.min(ours, seconds(verifier));
            peer = Math.min(peer, seconds(sha256sum));
        }
        report.add(new Row("verify", bytes / ours, "MB/s", "sha256sum", bytes / peer, true));
    }

    private static double seconds(List<String> command) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        if (process.waitFor() != 0) {
            throw new IOException("exit code " + process.exitValue() + " of " + command);
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private static void unpack(Path pack, Path folder) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(pack))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = folder.resolve(entry.getName()).normalize();
                if (entry.isDirectory() || !file.startsWith(folder)) {
                    continue;
                }
                Files.createDirectories(java.util.Objects.requireNonNull(file.getParent()));
                Files.copy(zip, file);
            }
        }
    }
}
