package io.strongroom.server.ledger;

import io.strongroom.server.objects.ObjectExistsException;
import io.strongroom.server.objects.ObjectStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/** An object store in memory, which can be made to fail as a full disk does. */
final class MemoryObjects implements ObjectStore {
    final ConcurrentSkipListMap<String, byte[]> objects = new ConcurrentSkipListMap<>();
    volatile boolean full;
    final AtomicInteger hiccups = new AtomicInteger();

    @Override
    public void put(String name, byte[] content, Protection protection) throws IOException {
        if (full || hiccups.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new IOException("no space left for " + name);
        }
        byte[] known = objects.putIfAbsent(name, content.clone());
        if (known != null && !Arrays.equals(known, content)) {
            throw new ObjectExistsException(name);
        }
    }

    @Override
    public void put(String name, InputStream content, long length, Protection protection) throws IOException {
        put(name, content.readAllBytes(), protection);
    }

    @Override
    public Optional<InputStream> get(String name, long offset) {
        return Optional.ofNullable(objects.get(name))
                .map(bytes -> new ByteArrayInputStream(bytes, (int) offset, bytes.length));
    }

    @Override
    public Optional<Long> length(String name) {
        return Optional.ofNullable(objects.get(name)).map(bytes -> (long) bytes.length);
    }

    @Override
    public void delete(String name) {
        objects.remove(name);
    }

    Map<String, byte[]> under(String prefix) {
        return objects.subMap(prefix, prefix + Character.MAX_VALUE);
    }
}
