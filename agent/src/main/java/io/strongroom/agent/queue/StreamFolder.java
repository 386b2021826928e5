package io.strongroom.agent.queue;

import io.strongroom.agent.files.DurableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * Where a stream's queue stands on disk:
 *
 * <pre>
 * queue/&lt;stream&gt;/state.json, next.batch, lines/*.seg
 * queue/&lt;stream&gt;.new    a queue that is about to take this one's place
 * queue/&lt;stream&gt;.old    the one whose place was taken
 * marks/&lt;stream&gt;.json   the state once more, where whoever puts the queue back does not put it back
 * sent/&lt;stream&gt;/         the newest batches that were acknowledged, as long as there is room
 * damaged/              what could not be read, as it was
 * </pre>
 */
record StreamFolder(Path queue, Path mark, Path sent, Path damaged, String stream) {
    private static final int MOST_DAMAGED_FILES = 64;

    static StreamFolder of(Path data, String stream) {
        return new StreamFolder(
                data.resolve("queue").resolve(stream),
                data.resolve("marks").resolve(stream + ".json"),
                data.resolve("sent").resolve(stream),
                data.resolve("damaged"),
                stream);
    }

    Path state() {
        return queue.resolve("state.json");
    }

    Path batch() {
        return queue.resolve("next.batch");
    }

    Path lines() {
        return queue.resolve("lines");
    }

    private Path aside(String suffix) {
        return queue.resolveSibling(stream + suffix);
    }

    /** The folder in which a queue is made that will take this one's place. */
    StreamFolder replacement() {
        return new StreamFolder(aside(".new"), mark, sent, damaged, stream);
    }

    /** Finishes or undoes a replacement that was cut off, and makes sure that the folders are there. */
    void prepare() throws IOException {
        Path replacement = aside(".new");
        if (!Files.exists(queue) && Files.exists(replacement.resolve("state.json"))) {
            Files.move(replacement, queue, StandardCopyOption.ATOMIC_MOVE);
        }
        DurableFile.removeFolder(replacement);
        DurableFile.removeFolder(aside(".old"));
        DurableFile.createFolder(lines());
        DurableFile.createFolder(mark.toAbsolutePath().getParent());
    }

    /** Puts the replacement in this one's place. Its state must be on disk. */
    void replace() throws IOException {
        Files.move(queue, aside(".old"), StandardCopyOption.ATOMIC_MOVE);
        Files.move(aside(".new"), queue, StandardCopyOption.ATOMIC_MOVE);
        DurableFile.syncFolder(queue.toAbsolutePath().getParent());
        DurableFile.removeFolder(aside(".old"));
    }

    /** Keeps a copy of what cannot be read, as long as these are few. */
    void setAside(Path file) throws IOException {
        DurableFile.createFolder(damaged);
        try (var there = Files.list(damaged)) {
            if (there.count() >= MOST_DAMAGED_FILES) {
                return;
            }
        }
        Path copy = damaged.resolve(stream + "-" + file.getFileName());
        for (int i = 1; Files.exists(copy); i++) {
            copy = damaged.resolve(stream + "-" + i + "-" + file.getFileName());
        }
        Files.copy(file, copy);
    }

    List<Segment> segments() throws IOException {
        return Segment.list(lines());
    }
}
