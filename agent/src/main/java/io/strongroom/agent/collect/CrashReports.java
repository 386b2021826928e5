package io.strongroom.agent.collect;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The reports that Apport leaves in {@code /var/crash}, one file a crash, written over if the program crashes again. */
final class CrashReports {
    private static final int MOST_BYTES = 16 << 10;
    private static final int MOST_AT_ONCE = 100;

    private final Path folder;

    CrashReports(Path folder) {
        this.folder = folder;
    }

    /** A report, and when it was written, in milliseconds since 1970. */
    record Report(ProcessEnd end, long written) {}

    /** Those written after the one time and not after the other, the oldest first; none where there is no such folder. */
    List<Report> between(long millis, long until) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<Report> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.crash")) {
            for (Path file : files) {
                long written = Files.getLastModifiedTime(file).toMillis();
                if (written > millis && written <= until) {
                    found.add(new Report(read(file, written), written));
                }
            }
        }
        found.sort(Comparator.comparingLong(Report::written));
        return found.subList(0, Math.min(MOST_AT_ONCE, found.size()));
    }

    private static ProcessEnd read(Path file, long written) {
        Map<String, String> details = new LinkedHashMap<>();
        details.put("source", "report");
        // _usr_bin_name.1000.crash, should the report not be for everybody to read.
        String program = file.getFileName()
                .toString()
                .replaceFirst("\\.\\d+\\.crash$", "")
                .replace('_', '/');
        try (InputStream in = Files.newInputStream(file)) {
            for (String line : new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8).split("\n", -1)) {
                if (line.startsWith("ExecutablePath: ")) {
                    program = line.substring(16).strip();
                } else if (line.startsWith("Signal: ")) {
                    details.put("signal", line.substring(8).strip());
                }
            }
        } catch (IOException e) {
            details.put("report", "may not be read by this user");
        }
        details.put("process.executable.path", program);
        return new ProcessEnd(true, Instant.ofEpochMilli(written), program, 0, details);
    }
}
