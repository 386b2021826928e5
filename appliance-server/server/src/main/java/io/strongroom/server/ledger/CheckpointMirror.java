package io.strongroom.server.ledger;

import io.strongroom.server.objects.ObjectStore;
import io.strongroom.server.objects.ObjectStore.Protection;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Copies of checkpoints outside the database, so that a database that was set back is found out at the next start: those
 * that every key has signed for ever, under lock, and the newest about once a minute.
 */
final class CheckpointMirror {
    static final String NEWEST = "log/checkpoint/newest";
    private static final int MAX_NOTE_BYTES = 512 * 1024;

    private final ObjectStore objects;

    CheckpointMirror(ObjectStore objects) {
        this.objects = objects;
    }

    void keep(StoredCheckpoint checkpoint) throws IOException {
        if (checkpoint.full()) {
            String name = "log/checkpoint/" + checkpoint.size();
            // A signature is randomised: a second full one of the same size has other bytes, and the first will do.
            if (objects.length(name).isEmpty()) {
                objects.put(name, checkpoint.note(), Protection.LOCKED);
            }
        }
        // The store never overwrites; a crash between the two leaves none, and the next minute brings another.
        objects.delete(NEWEST);
        objects.put(NEWEST, checkpoint.note(), Protection.NONE);
    }

    Optional<byte[]> newest() throws IOException {
        Optional<InputStream> found = objects.get(NEWEST, 0);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream in = found.get()) {
            return Optional.of(in.readNBytes(MAX_NOTE_BYTES));
        }
    }
}
