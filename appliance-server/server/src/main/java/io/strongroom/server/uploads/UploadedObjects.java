package io.strongroom.server.uploads;

import io.strongroom.evidence.Digest;
import java.util.Optional;

/** The large values that the appliance keeps. Whoever asks decides first who may see one. */
@FunctionalInterface
public interface UploadedObjects {

    /** The value whose bytes have this digest; empty if none was uploaded, or it has been erased. */
    Optional<UploadedObject> find(Digest digest);

    /**
     * Says that a record is about to refer to it. From then on it stays, also if nothing comes of that record.
     *
     * @return whether it is here
     */
    default boolean refer(Digest digest) {
        return find(digest).isPresent();
    }
}
