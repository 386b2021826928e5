package io.strongroom.server.objects;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * A put-once store. Names are paths of lower-case segments, e.g. {@code log/tile/0/x001/234}.
 *
 * <p>Every failure is an {@link IOException} whose message names the object and what to do.
 */
public interface ObjectStore {

    /** How an object is kept. */
    enum Protection {
        /** May be deleted: spools, anything that holds, or decrypts to, personal data. */
        NONE,
        /** Under object lock where the store has it: hashes, tiles, checkpoints, seals, signatures. */
        LOCKED
    }

    /**
     * Stores an object; durable when this returns.
     *
     * <p>Storing the same bytes under the same name again is no error and changes nothing.
     *
     * @throws ObjectExistsException if other bytes stand under the name
     */
    void put(String name, byte[] content, Protection protection) throws IOException;

    /** As {@link #put(String, byte[], Protection)}, from a stream of known length. The caller closes the stream. */
    void put(String name, InputStream content, long length, Protection protection) throws IOException;

    /** The object's bytes from {@code offset}; the caller closes the stream. Empty where there is no such object. */
    Optional<InputStream> get(String name, long offset) throws IOException;

    /** The object's length in bytes. */
    Optional<Long> length(String name) throws IOException;

    /** How many objects there are, and how many bytes they have together. */
    record Holdings(long objects, long bytes) {}

    /**
     * Counts all objects, which takes the longer the more there are. What comes and goes meanwhile may be counted or not.
     *
     * @return empty where the store is not ours to count
     */
    default Optional<Holdings> count() throws IOException {
        return Optional.empty();
    }

    /**
     * Deletes an object; no error where there is none.
     *
     * @throws IOException if the object is locked
     */
    void delete(String name) throws IOException;
}
