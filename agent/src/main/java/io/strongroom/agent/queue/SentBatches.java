package io.strongroom.agent.queue;

import io.strongroom.agent.files.DurableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The newest batches of a stream that were acknowledged, so that an appliance which was set back can ask for them again. As
 * they were sent, by epoch and sequences. Nothing depends on them: what cannot be kept, or read, is not there.
 */
final class SentBatches {
    static final long MOST_BYTES = 8L << 20;

    static final int MOST_FILES = 256;

    private static final Pattern NAME = Pattern.compile("(\\d{13,})-([0-9a-f]{32})-(\\d{1,19})-(\\d{1,19})\\.batch");

    private final Path folder;

    SentBatches(Path folder) {
        this.folder = folder;
    }

    /** @param number rises with the order in which they were sent */
    private record Kept(Path path, long number, String epoch, long first, long last) {}

    /** Takes the file of a batch that was acknowledged. It is gone from where it was when this returns. */
    void keep(Path file, CutBatch batch) throws IOException {
        try {
            DurableFile.createFolder(folder);
            move(file, batch);
        } catch (IOException e) {
            Files.deleteIfExists(file);
        }
    }

    private void move(Path file, CutBatch batch) throws IOException {
        List<Kept> there = list();
        long number = there.isEmpty() ? 1_000_000_000_000L : there.getLast().number() + 1;
        Path to = folder.resolve(number + "-" + batch.epoch() + "-" + batch.first() + "-" + batch.last() + ".batch");
        // Not synced: if a power cut undoes it, the batch is acknowledged all the same, and its file goes.
        Files.move(file, to, StandardCopyOption.ATOMIC_MOVE);
        long sum = batch.frame().length;
        int files = 1;
        for (Kept kept : there.reversed()) {
            sum += Files.size(kept.path());
            files++;
            if (sum > MOST_BYTES || files > MOST_FILES) {
                Files.deleteIfExists(kept.path());
            }
        }
    }

    /** Those that have any of these sequences, in the order in which they were sent. */
    List<CutBatch> find(String epoch, long first, long last) throws IOException {
        List<CutBatch> found = new ArrayList<>();
        for (Kept kept : list()) {
            if (kept.epoch().equals(epoch) && kept.first() <= last && kept.last() >= first) {
                Optional<BatchFile.Read> read = BatchFile.read(kept.path());
                read.map(BatchFile.Read::batch).ifPresent(found::add);
            }
        }
        return found;
    }

    long bytes() throws IOException {
        long sum = 0;
        for (Kept kept : list()) {
            sum += Files.size(kept.path());
        }
        return sum;
    }

    /** Gives all up; false if there were none. */
    boolean clear() throws IOException {
        List<Kept> there = list();
        for (Kept kept : there) {
            Files.deleteIfExists(kept.path());
        }
        return !there.isEmpty();
    }

    private List<Kept> list() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<Kept> all = new ArrayList<>();
        try (var files = Files.list(folder)) {
            files.forEach(file -> {
                Matcher name = NAME.matcher(file.getFileName().toString());
                if (name.matches()) {
                    all.add(new Kept(
                            file,
                            Long.parseLong(name.group(1)),
                            name.group(2),
                            Long.parseLong(name.group(3)),
                            Long.parseLong(name.group(4))));
                }
            });
        }
        all.sort(Comparator.comparingLong(Kept::number));
        return all;
    }
}
