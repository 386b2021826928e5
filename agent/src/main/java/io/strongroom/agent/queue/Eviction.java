package io.strongroom.agent.queue;

import io.strongroom.api.GapCause;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Gives up lines that are in no batch, a segment at a time. What takes their place is written before they go: killed in
 * between, they are still there, and the notice of their loss is not believed.
 */
final class Eviction {
    /** Fewer lines are not worth halving. */
    private static final int LEAST_TO_THIN = 8;

    private final StreamFolder folder;
    private final long cut;
    private final Map<String, String> positions;
    private final List<Segment> segments;

    /**
     * @param cut the first sequence that is in no batch
     * @param positions of all collectors, which what is written keeps
     */
    Eviction(StreamFolder folder, long cut, Map<String, String> positions) throws IOException {
        this.folder = folder;
        this.cut = cut;
        this.positions = positions;
        this.segments = folder.segments();
    }

    /** By how much the lines in no batch became fewer. */
    record Freed(long lines, long bytes) {}

    /** Gives up the oldest segment that has lines, and joins what was given up before it. Empty if there is none. */
    Optional<Freed> evict(Function<Gap, byte[]> notice, GapCause cause) throws IOException {
        long lines = 0;
        long bytes = 0;
        for (int i = 0; i < segments.size(); i++) {
            List<Frame> frames = uncut(segments.get(i));
            for (Frame frame : frames) {
                lines += frame.lines().size();
                bytes += frame.lineBytes();
            }
            if (frames.stream().allMatch(Frame::isNotice)) {
                continue;
            }
            long last = frames.getLast().next() - 1;
            Gap gap = new Gap(cut, last, cause, null);
            Frame said = Frame.notice(cut, last, notice.apply(gap), Frame.Kind.NOTICE);
            replace(i, last, List.of(said));
            return Optional.of(new Freed(lines - 1, bytes - said.lineBytes()));
        }
        return Optional.empty();
    }

    /** Keeps every second line of the oldest segment of which all are there. Empty if there is none. */
    Optional<Freed> thin(Function<Gap, byte[]> notice) throws IOException {
        long expected = cut;
        for (int i = 0; i < segments.size(); i++) {
            List<Frame> frames = uncut(segments.get(i));
            if (frames.isEmpty()) {
                continue;
            }
            boolean thinned = frames.stream().anyMatch(frame -> frame.kind() == Frame.Kind.THINNED);
            List<byte[]> all = frames.stream()
                    .filter(frame -> !frame.isNotice())
                    .flatMap(frame -> frame.lines().stream())
                    .toList();
            long last = frames.getLast().next() - 1;
            if (thinned || all.size() < LEAST_TO_THIN) {
                expected = last + 1;
                continue;
            }
            List<byte[]> kept = new ArrayList<>();
            for (int k = 1; k < all.size(); k += 2) {
                kept.add(all.get(k));
            }
            long at = last - kept.size();
            Gap gap = new Gap(expected, at, GapCause.DOWNSAMPLED, null);
            List<Frame> written = new ArrayList<>();
            written.add(Frame.notice(expected, at, notice.apply(gap), Frame.Kind.THINNED));
            for (int from = 0; from < kept.size(); from += StreamQueue.BATCH_LINES / 4) {
                List<byte[]> some = kept.subList(from, Math.min(kept.size(), from + StreamQueue.BATCH_LINES / 4));
                written.add(Frame.lines(at + 1 + from, some, null, null));
            }
            Freed freed = new Freed(lines(frames) - lines(written), bytes(frames) - bytes(written));
            replaceOne(i, at, written);
            return Optional.of(freed);
        }
        return Optional.empty();
    }

    private static long lines(List<Frame> frames) {
        return frames.stream().mapToLong(frame -> frame.lines().size()).sum();
    }

    private static long bytes(List<Frame> frames) {
        return frames.stream().mapToLong(Frame::lineBytes).sum();
    }

    private List<Frame> uncut(Segment segment) throws IOException {
        return segment.read().frames().stream()
                .filter(frame -> frame.next() > cut && !frame.lines().isEmpty())
                .toList();
    }

    private void replace(int upTo, long name, List<Frame> frames) throws IOException {
        write(name, frames);
        for (int i = 0; i <= upTo; i++) {
            if (segments.get(i).first() != name) {
                Files.deleteIfExists(segments.get(i).path());
            }
        }
    }

    private void replaceOne(int index, long name, List<Frame> frames) throws IOException {
        write(name, frames);
        if (segments.get(index).first() != name) {
            Files.deleteIfExists(segments.get(index).path());
        }
    }

    private void write(long name, List<Frame> frames) throws IOException {
        List<Frame> all = new ArrayList<>(frames);
        long next = frames.getLast().next();
        positions.forEach((key, position) -> all.add(Frame.position(next, key, position)));
        Segment.in(folder.lines(), name).write(all);
    }
}
