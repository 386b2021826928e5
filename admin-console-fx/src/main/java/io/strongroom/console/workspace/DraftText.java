package io.strongroom.console.workspace;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The texts of a draft's files: as they were read, and as they were typed since. What was typed stays here until it is on
 * disk. For the UI thread alone, but for {@link #write}.
 */
final class DraftText {
    private final Map<String, String> unwritten = new ConcurrentHashMap<>();
    private final Map<String, String> read = new TreeMap<>();

    /** The text of a file as it is now; null where it was not read yet, or is not there. */
    @Nullable
    String of(String path) {
        return read.get(path);
    }

    void typed(String path, String text) {
        unwritten.put(path, text);
        read.put(path, text);
    }

    /** Whether something was typed that is not on disk yet. */
    boolean isUnwritten() {
        return !unwritten.isEmpty();
    }

    /** Takes what was read, but for what was typed since. */
    void take(Map<String, String> files) {
        read.clear();
        read.putAll(files);
        read.putAll(unwritten);
    }

    /** Forgets what was typed and is not written. */
    void forget() {
        unwritten.clear();
    }

    /**
     * Writes what was typed, from whichever thread. Of two writers the second begins when the first has ended: else the
     * first, with an older text in hand, could write over the newer one.
     *
     * @param disk takes a path and what is to be in the file
     */
    synchronized void write(BiConsumer<String, String> disk) {
        for (String path : List.copyOf(unwritten.keySet())) {
            String text = unwritten.get(path);
            if (text != null) {
                disk.accept(path, text);
                unwritten.remove(path, text);
            }
        }
    }
}
