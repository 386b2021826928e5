package io.strongroom.evidence.pack.verify;

import io.strongroom.evidence.Digest;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The lines of several parts, one part behind the other. Whatever happens in a part, the digest of each file is found,
 * or the damage that keeps it from being read: both go into maps that all readers share.
 */
final class Lines implements Closeable {
    private final Bag bag;
    private final List<String> parts;
    private final Map<String, Digest> digests;
    private final Map<String, Failure> damage;
    private int next;
    private @Nullable LineFile file;
    private @Nullable Failure broken;

    Lines(Bag bag, List<String> parts, ConcurrentMap<String, Digest> digests, ConcurrentMap<String, Failure> damage) {
        this.bag = bag;
        this.parts = parts;
        this.digests = digests;
        this.damage = damage;
    }

    /** Steps to the next line; false after the last, and where a part cannot be read further. */
    boolean next() throws IOException {
        while (broken == null) {
            LineFile open = file;
            if (open == null) {
                if (next == parts.size()) {
                    return false;
                }
                String path = parts.get(next++);
                open = new LineFile(path, bag.open(path));
                file = open;
            }
            try {
                if (open.next()) {
                    return true;
                }
            } catch (RefusedException e) {
                broken = e.failure();
            }
            finish(open);
            file = null;
        }
        return false;
    }

    private void finish(LineFile open) throws IOException {
        try (open) {
            digests.put(open.path(), open.digest());
        } catch (RefusedException e) {
            damage.put(open.path(), e.failure());
        }
    }

    /** Reads all parts that are left, for their digests. */
    void drain() throws IOException {
        LineFile open = file;
        if (open != null) {
            finish(open);
            file = null;
        }
        while (next < parts.size()) {
            String path = parts.get(next++);
            finish(new LineFile(path, bag.open(path)));
        }
    }

    /** Why reading ended too early, if it did. */
    @Nullable
    Failure broken() {
        return broken;
    }

    LineFile line() {
        LineFile open = file;
        if (open == null) {
            throw new IllegalStateException("there is no line");
        }
        return open;
    }

    @Override
    public void close() throws IOException {
        LineFile open = file;
        if (open != null) {
            open.close();
        }
    }
}
