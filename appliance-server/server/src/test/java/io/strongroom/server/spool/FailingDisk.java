package io.strongroom.server.spool;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A disk under a spool of which one kind of step fails from a certain time on, until it is mended. */
public final class FailingDisk {
    /** What may fail. */
    public enum Step {
        ROOM,
        CREATE,
        WRITE,
        FINISH,
        READ,
        DELETE
    }

    /** A multiple of what file systems want writes to be aligned to. */
    private static final int BLOCKS = 64 << 10;

    private final AtomicInteger taken = new AtomicInteger();
    private volatile @Nullable Step step;
    private volatile int last = Integer.MAX_VALUE;

    /** A spool on this disk. */
    public Spool spool(Path folder) throws IOException {
        return new Spool(folder, 0, new Steps());
    }

    /** From now on lets the first {@code good} steps of this kind go well, and counts them. */
    public void failAfter(int good, Step failing) {
        taken.set(0);
        last = good;
        step = failing;
    }

    /** How many steps there were of the kind that was named last. */
    public int taken() {
        return taken.get();
    }

    public void mend() {
        step = null;
    }

    private void at(Step now) throws IOException {
        if (now == step && taken.getAndIncrement() >= last) {
            throw new IOException("No space left on device");
        }
    }

    private final class Steps extends Disk {
        @Override
        long room(Path folder) throws IOException {
            at(Step.ROOM);
            return super.room(folder);
        }

        @Override
        FileChannel create(Path file, OpenOption how) throws IOException {
            at(Step.CREATE);
            return super.create(file, how);
        }

        /** About half of it is written: whole blocks, for a file that is written past the page cache. */
        @Override
        void write(FileChannel channel, ByteBuffer bytes) throws IOException {
            ByteBuffer half = bytes.duplicate().limit(bytes.limit() / 2 / BLOCKS * BLOCKS);
            bytes.position(half.limit());
            super.write(channel, half);
            at(Step.WRITE);
            super.write(channel, bytes);
        }

        @Override
        void finish(FileChannel channel, long length) throws IOException {
            at(Step.FINISH);
            super.finish(channel, length);
        }

        @Override
        InputStream read(Path file, long offset) throws IOException {
            return new FilterInputStream(super.read(file, offset)) {
                @Override
                public int read(byte[] bytes, int from, int count) throws IOException {
                    at(Step.READ);
                    return super.read(bytes, from, count);
                }
            };
        }

        @Override
        void delete(Path file) throws IOException {
            at(Step.DELETE);
            super.delete(file);
        }
    }
}
