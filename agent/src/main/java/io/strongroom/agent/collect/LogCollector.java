package io.strongroom.agent.collect;

import io.strongroom.agent.line.DeviceLines;
import io.strongroom.evidence.StreamName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Collects the lines of log files. */
public final class LogCollector implements Collector {
    private static final StreamName STREAM = new StreamName("audit.logs");

    private final List<Path> patterns;
    private final boolean joining;
    private final boolean fromStart;
    private final DeviceLines device;
    private final InstantSource clock;
    private final TreeMap<Path, LogTail> tails = new TreeMap<>();

    /**
     * @param patterns paths; the file's name may have {@code *} and {@code ?}
     * @param joining whether lines that begin with a blank belong to the one before
     * @param fromStart whether a file that is new is read whole
     */
    public LogCollector(
            List<Path> patterns, boolean joining, boolean fromStart, DeviceLines device, InstantSource clock) {
        this.patterns = List.copyOf(patterns);
        this.joining = joining;
        this.fromStart = fromStart;
        this.device = device;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "logs";
    }

    @Override
    public StreamName stream() {
        return STREAM;
    }

    @Override
    public boolean collect(Intake intake) throws IOException {
        boolean more = false;
        List<String> unreadable = new ArrayList<>();
        for (Path path : paths()) {
            LogTail tail =
                    tails.computeIfAbsent(path, file -> new LogTail(file, STREAM, joining, fromStart, device, clock));
            try {
                more |= tail.read(intake);
            } catch (java.nio.file.AccessDeniedException e) {
                unreadable.add(path.toString());
            }
        }
        if (!unreadable.isEmpty() && !more) {
            throw new IOException("no right to read " + String.join(", ", unreadable)
                    + "; run the agent as a user who may, or take these out of collect.logs.files");
        }
        return more;
    }

    private List<Path> paths() throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path pattern : patterns) {
            String name = String.valueOf(pattern.getFileName());
            Path folder = pattern.getParent();
            if (!name.contains("*") && !name.contains("?")) {
                found.add(pattern);
            } else if (folder != null && Files.isDirectory(folder)) {
                try (var files = Files.newDirectoryStream(folder, name)) {
                    files.forEach(found::add);
                }
            }
        }
        return found;
    }
}
