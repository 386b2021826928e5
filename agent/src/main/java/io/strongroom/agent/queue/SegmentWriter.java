package io.strongroom.agent.queue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Appends to the newest segment of a folder. Each segment begins with all positions, so that those before it can be removed
 * at any time. Not for more than one thread.
 */
final class SegmentWriter implements AutoCloseable {
    private final Path path;
    private final FileChannel channel;
    private long size;
    private boolean dirty;

    private SegmentWriter(Path path, FileChannel channel, long size) {
        this.path = path;
        this.channel = channel;
        this.size = size;
    }

    /** Begins a segment; over one that has no line yet. */
    static SegmentWriter begin(Path folder, long next, Map<String, String> positions) throws IOException {
        List<Frame> frames = new ArrayList<>();
        positions.forEach((key, position) -> frames.add(Frame.position(next, key, position)));
        Segment segment = Segment.in(folder, next);
        segment.write(frames);
        FileChannel channel = FileChannel.open(segment.path(), StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        return new SegmentWriter(segment.path(), channel, channel.size());
    }

    /**
     * Appends a frame. It is on its way to the disk, and there after {@link #sync}; a kill of the process alone does not
     * take it away.
     *
     * @throws IOException nothing of it is in the segment
     */
    void append(Frame frame) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(frame.toBytes());
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            channel.truncate(size);
            throw e;
        }
        size += bytes.limit();
        dirty = true;
    }

    void sync() throws IOException {
        if (dirty) {
            channel.force(false);
            dirty = false;
        }
    }

    boolean isFull() {
        return size >= Segment.FULL_BYTES;
    }

    long size() {
        return size;
    }

    /** Whether somebody took the file away. */
    boolean isGone() {
        return !Files.exists(path);
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            sync();
        }
    }
}
