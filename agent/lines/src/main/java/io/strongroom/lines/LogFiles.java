package io.strongroom.lines;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Which files to read, and how their sources are called. */
public final class LogFiles {
    /** How much of one file of this machine is read: its newest part. Files that somebody names are read whole. */
    static final long MOST_BYTES_A_FILE = 2 * 1024 * 1024;

    /** How much of this machine's logs is read in all. */
    static final long MOST_BYTES = 6 * 1024 * 1024;

    private static final int SAMPLE_BYTES = 8192;
    private static final int MOST_DEPTH = 3;

    private final List<LogFile> files = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final Set<String> sources = new HashSet<>();

    /** The files found so far. */
    public List<LogFile> files() {
        return List.copyOf(files);
    }

    /** What was left out, and why, in sentences for a person. */
    public List<String> notes() {
        return List.copyOf(notes);
    }

    /**
     * Adds a file, or all files in a folder, each whole.
     *
     * @throws IOException if it is not there or cannot be read; the message says which
     */
    public LogFiles add(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            for (Path file : walk(path)) {
                add(file);
            }
            return this;
        }
        if (!Files.exists(path)) {
            throw new IOException(path + " is not there");
        }
        if (!Files.isReadable(path)) {
            throw new IOException(path + " cannot be read by this user");
        }
        files.add(new LogFile(
                path,
                path.toAbsolutePath().normalize().toString(),
                source(path.getFileName().toString()),
                0));
        return this;
    }

    /** Adds a file under a name of its own, such as what a program wrote for us. */
    public LogFiles add(Path path, String name, String source) {
        files.add(new LogFile(path, name, source(source), 0));
        return this;
    }

    /** Adds the text files under this machine's folder of logs, the newest first, as far as they fit. */
    public LogFiles addLogsOf(Path folder) throws IOException {
        long left = MOST_BYTES;
        List<Path> found = walk(folder);
        found.sort(Comparator.comparing(LogFiles::written).reversed());
        int leftOut = 0;
        for (Path file : found) {
            if (!Files.isReadable(file)) {
                notes.add(file + " is left out: this user cannot read it");
            } else if (Files.size(file) > 0 && isText(file)) {
                if (left <= 0) {
                    leftOut++;
                    continue;
                }
                long size = Files.size(file);
                long take = Math.min(Math.min(size, MOST_BYTES_A_FILE), left);
                boolean packed = isPacked(file);
                if (packed && take < size) {
                    leftOut++;
                    continue;
                }
                if (take < size) {
                    notes.add("of " + file + " the newest " + (take >> 10) + " KiB are read");
                }
                left -= take;
                String name = folder.relativize(file).toString().replace('/', '.');
                files.add(new LogFile(file, file.toString(), source(name), size - take));
            }
        }
        if (leftOut > 0) {
            notes.add(leftOut + " older files under " + folder + " are left out: a demo takes " + (MOST_BYTES >> 20)
                    + " MiB; name files with --input to take them whole");
        }
        return this;
    }

    private static List<Path> walk(Path folder) throws IOException {
        List<Path> found = new ArrayList<>();
        List<Path> folders = new ArrayList<>(List.of(folder));
        for (int depth = 0; depth < MOST_DEPTH && !folders.isEmpty(); depth++) {
            List<Path> deeper = new ArrayList<>();
            for (Path each : folders) {
                if (Files.isReadable(each)) {
                    try (Stream<Path> inside = Files.list(each)) {
                        inside.sorted().forEach(path -> {
                            if (Files.isRegularFile(path)) {
                                found.add(path);
                            } else if (Files.isDirectory(path, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
                                deeper.add(path);
                            }
                        });
                    }
                }
            }
            folders = deeper;
        }
        return found;
    }

    private static java.nio.file.attribute.FileTime written(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether it begins like text: no zero byte, few bytes that text does not have. gzip counts by what is in it. */
    private static boolean isText(Path file) {
        byte[] sample;
        try (InputStream in = new LogFile(file, "", "", 0).open()) {
            sample = in.readNBytes(SAMPLE_BYTES);
        } catch (IOException e) {
            // Not gzip after all, or gone meanwhile: not a log that can be read.
            return false;
        }
        int odd = 0;
        for (byte b : sample) {
            if (b == 0) {
                return false;
            }
            if (b < 0x20 && b >= 0 && b != '\t' && b != '\n' && b != '\r' && b != 0x1b && b != '\b' && b != '\f') {
                odd++;
            }
        }
        LineText text = LineText.of(sample);
        int undecoded = text.escaped() ? text.text().split("\\\\x", -1).length - 1 : 0;
        return sample.length > 0 && (odd + undecoded) * 20 < sample.length;
    }

    private static boolean isPacked(Path file) {
        return file.getFileName().toString().endsWith(".gz");
    }

    /** A source id that is valid, not reserved, and not taken. */
    private String source(String name) {
        String plain =
                name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._-]+", "-").replaceAll("^[^a-z0-9]+", "");
        if (plain.isEmpty() || plain.equals("strongroom")) {
            plain = "log" + (plain.isEmpty() ? "" : "-" + plain);
        }
        plain = plain.substring(0, Math.min(plain.length(), 56));
        String free = plain;
        for (int i = 2; !sources.add(free); i++) {
            free = plain + "-" + i;
        }
        return free;
    }
}
