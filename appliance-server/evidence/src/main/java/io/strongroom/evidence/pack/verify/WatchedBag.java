package io.strongroom.evidence.pack.verify;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A bag that tells how much of it has been read. */
final class WatchedBag implements Bag {
    private final Bag bag;
    private final Progress progress;
    private final long total;
    private final AtomicLong read = new AtomicLong();

    WatchedBag(Bag bag, Progress progress) {
        this.bag = bag;
        this.progress = progress;
        this.total = bag.files().values().stream().mapToLong(Long::longValue).sum();
    }

    @Override
    public SortedMap<String, Long> files() {
        return bag.files();
    }

    @Override
    public @Nullable String folder() {
        return bag.folder();
    }

    @Override
    public InputStream open(String path) throws IOException {
        return new FilterInputStream(bag.open(path)) {
            @Override
            public int read() throws IOException {
                int one = in.read();
                tell(one < 0 ? 0 : 1);
                return one;
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                int got = in.read(target, offset, length);
                tell(got);
                return got;
            }

            @Override
            public byte[] readNBytes(int length) throws IOException {
                byte[] got = in.readNBytes(length);
                tell(got.length);
                return got;
            }

            private void tell(long bytes) {
                if (bytes > 0) {
                    progress.read(WatchedBag.this.read.addAndGet(bytes), total);
                }
            }
        };
    }

    @Override
    public void close() throws IOException {
        bag.close();
    }
}
