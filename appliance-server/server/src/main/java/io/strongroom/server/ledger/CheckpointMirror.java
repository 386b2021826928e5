package io.strongroom.server.ledger;

import io.strongroom.evidence.note.Checkpoint;
import io.strongroom.evidence.note.NoteException;
import io.strongroom.evidence.note.SignedNote;
import io.strongroom.server.objects.ObjectStore;
import io.strongroom.server.objects.ObjectStore.Protection;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Copies of checkpoints outside the database, so that a database that was set back is found out at the next start: those
 * that every key has signed for ever, under lock, and the newest about once a minute.
 *
 * <p>The newest has two places, taken in turn: the store never overwrites, and whatever a crash leaves half done in one,
 * the checkpoint before it stands in the other.
 */
final class CheckpointMirror {
    static final List<String> NEWEST = List.of("log/checkpoint/newest", "log/checkpoint/newest-2");
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
        long first = size(NEWEST.getFirst());
        long second = size(NEWEST.getLast());
        if (checkpoint.size() > Math.max(first, second)) {
            String older = first <= second ? NEWEST.getFirst() : NEWEST.getLast();
            objects.delete(older);
            objects.put(older, checkpoint.note(), Protection.NONE);
        }
    }

    /** How many entries the checkpoint there covers; 0 where there is none that can be read. */
    private long size(String place) throws IOException {
        Optional<byte[]> note = read(place);
        try {
            return note.isEmpty()
                    ? 0
                    : Checkpoint.parseText(SignedNote.parse(note.get()).text()).size();
        } catch (NoteException e) {
            return 0;
        }
    }

    /** The newest, and mostly the one before it; empty where none was kept yet. */
    List<byte[]> newest() throws IOException {
        List<byte[]> found = new ArrayList<>();
        for (String place : NEWEST) {
            read(place).ifPresent(found::add);
        }
        return found;
    }

    private Optional<byte[]> read(String place) throws IOException {
        Optional<InputStream> found = objects.get(place, 0);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream in = found.get()) {
            return Optional.of(in.readNBytes(MAX_NOTE_BYTES));
        }
    }
}
