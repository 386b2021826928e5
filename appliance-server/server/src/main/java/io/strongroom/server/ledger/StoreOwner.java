package io.strongroom.server.ledger;

import io.strongroom.evidence.Origin;
import io.strongroom.server.objects.ObjectExistsException;
import io.strongroom.server.objects.ObjectStore;
import io.strongroom.server.objects.ObjectStore.Protection;
import io.strongroom.server.settings.StartRefusedException;
import io.strongroom.server.settings.StartRefusedException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Whose an object store is: the log's origin in an object that is put once, so that two installations never write each
 * over the other's tiles, though both found the store empty.
 */
final class StoreOwner {
    static final String NAME = "origin";
    private static final int MAX_BYTES = 1_024;

    private final ObjectStore objects;
    private final Origin own;

    StoreOwner(ObjectStore objects, Origin own) {
        this.objects = objects;
        this.own = own;
    }

    /**
     * Refuses another's store, and writes nothing.
     *
     * @throws StartRefusedException if the store is another's, or cannot be read
     */
    void require() {
        try {
            var unused = isOwn();
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /**
     * Makes the store this installation's, unless it is already; durable when this returns. Before anything else is put
     * there that another installation could take for its own, and once all else is known to fit: it is for ever.
     *
     * @throws StartRefusedException if another was faster, or the store cannot be written
     */
    void claim() {
        try {
            if (!isOwn()) {
                objects.put(NAME, (own.value() + "\n").getBytes(StandardCharsets.UTF_8), Protection.LOCKED);
            }
        } catch (ObjectExistsException e) {
            require();
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** False where it is nobody's yet. */
    private boolean isOwn() throws IOException {
        Optional<String> owner = read();
        if (owner.isPresent() && !owner.get().equals(own.value())) {
            throw anothers(owner.get());
        }
        return owner.isPresent();
    }

    private Optional<String> read() throws IOException {
        Optional<InputStream> found = objects.get(NAME, 0);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream in = found.get()) {
            return Optional.of(new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8).strip());
        }
    }

    private StartRefusedException anothers(String owner) {
        return new StartRefusedException(
                Reason.OBJECTS,
                "The object store belongs to the log " + owner + ", and this one is " + own.value()
                        + ". Nothing was changed. Give this installation a bucket of its own as objects.location.");
    }

    private static StartRefusedException unusable(IOException e) {
        return new StartRefusedException(Reason.OBJECTS, "The object store cannot be used: " + e.getMessage(), e);
    }
}
