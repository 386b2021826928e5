package io.strongroom.agent.queue;

import io.strongroom.agent.files.DurableFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A file of frames, named by the first sequence that it may have. Small enough to be read at once.
 *
 * @param path the file
 * @param first by its name
 */
record Segment(Path path, long first) {
    /** When the next one is begun. */
    static final long FULL_BYTES = 1 << 20;

    private static final String SUFFIX = ".seg";
    private static final String NAME = "%019d" + SUFFIX;

    /** More than a full segment and a frame: not ours. */
    private static final long MOST_BYTES = FULL_BYTES + Frame.MOST_BODY + Frame.HEADER;

    static Segment in(Path folder, long first) {
        return new Segment(folder.resolve(String.format(Locale.ROOT, NAME, first)), first);
    }

    /** All of a folder, in order. */
    static List<Segment> list(Path folder) throws IOException {
        List<Segment> found = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.sorted().toList()) {
                    String name = file.getFileName().toString();
                    if (name.matches("\\d{19}\\.seg")) {
                        found.add(new Segment(file, Long.parseLong(name.substring(0, 19))));
                    }
                }
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
        }
        return found;
    }

    /** Writes it as a whole, over what may be there. */
    void write(Collection<Frame> frames) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        frames.forEach(frame -> out.writeBytes(frame.toBytes()));
        DurableFile.write(path, out.toByteArray());
    }

    /**
     * What is readable of a segment.
     *
     * @param frames in order
     * @param damaged bytes that are in none of them
     * @param torn whether that is the end of a frame that was being written
     * @param endsDamaged whether no frame comes after them
     */
    record Content(List<Frame> frames, long damaged, boolean torn, boolean endsDamaged) {}

    Content read() throws IOException {
        if (Files.size(path) > MOST_BYTES) {
            return new Content(List.of(), Files.size(path), false, true);
        }
        byte[] bytes = Files.readAllBytes(path);
        List<Frame> frames = new ArrayList<>();
        long damaged = 0;
        boolean torn = false;
        boolean endsDamaged = false;
        int at = 0;
        while (at < bytes.length) {
            Frame frame = Frame.at(bytes, at);
            if (frame != null) {
                frames.add(frame);
                at += Frame.sizeAt(bytes, at);
                continue;
            }
            int next = at + 1;
            while (next < bytes.length && (bytes[next] != 'S' || Frame.sizeAt(bytes, next) == 0)) {
                next++;
            }
            torn = damaged == 0 && next == bytes.length && Frame.isTorn(bytes, at);
            damaged += next - at;
            endsDamaged = next == bytes.length;
            at = next;
        }
        return new Content(frames, damaged, torn, endsDamaged);
    }
}
