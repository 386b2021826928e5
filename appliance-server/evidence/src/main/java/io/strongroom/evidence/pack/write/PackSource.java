package io.strongroom.evidence.pack.write;

import io.strongroom.evidence.RecordId;
import io.strongroom.evidence.field.Disclosure;
import java.io.IOException;
import java.util.List;

/**
 * Where a pack's content comes from. Each method walks the frozen range from its beginning and hands over what the pack
 * selects, in the order of {@code seq}; the writer calls them one after the other, {@link #records} twice (the first
 * time for a preview, which ends early). What is handed over is copied before the call returns, so buffers can be used
 * again.
 *
 * <p>To cancel, throw.
 */
public interface PackSource {
    /** The stored records' canonical bytes; left out where the body is gone, or this reader may not see it. */
    void records(Lines out) throws IOException;

    /** The entries' leaf data, one for each selected place, whether or not its record is there. */
    void entries(Lines out) throws IOException;

    /** What the reader may see of the fields that records commit to. */
    void disclosures(Disclosures out) throws IOException;

    /** The exporter's renderings of fields that the reader may see only masked: canonical JSON, an object a line. */
    default void masked(Lines out) throws IOException {}

    /**
     * The large values that those records and disclosures refer to (formats §3), as far as they are still kept: each once,
     * below {@code data/objects/}, named by its digest.
     */
    default void objects(Objects out) throws IOException {}

    /**
     * The signed bytes of the device batches that those records name, as far as they are still kept: each once, as {@link
     * io.strongroom.evidence.pack.PackLayout#batch}; and each key that signed one of them, as {@code deviceKey}.
     */
    default void batches(Objects out) throws IOException {}

    /** All leaf hashes of the range, selected or not. */
    void leaves(Leaves out) throws IOException;

    /** Takes lines without their newline. */
    @FunctionalInterface
    interface Lines {
        /** @return whether to go on */
        boolean line(long seq, byte[] bytes, int offset, int length) throws IOException;
    }

    /** Takes the disclosures of one record. */
    @FunctionalInterface
    interface Disclosures {
        /** @return whether to go on */
        boolean disclosed(long seq, RecordId id, List<Disclosure> disclosures) throws IOException;
    }

    /** Takes large values. */
    @FunctionalInterface
    interface Objects {
        void object(Attachment object) throws IOException;
    }

    /** Takes leaf hashes that stand one after the other, 32 bytes each. */
    @FunctionalInterface
    interface Leaves {
        void leaves(byte[] hashes, int offset, int count) throws IOException;
    }
}
