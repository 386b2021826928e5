package io.strongroom.policies;

import java.util.SortedMap;

/** The rules in force, compiled. Deterministic: the same record under the same bundle always decides the same. */
public interface Policy {

    /** The bundle whose rules these are. */
    PolicyBundle bundle();

    /** The bundle's files by path, whose digests make the bundle digest (formats §8); packs carry them. */
    SortedMap<String, byte[]> files();

    /**
     * Decides about a record before it is stored.
     *
     * @param stream the record's stream
     * @param record the canonical bytes of the document as received
     */
    PolicyDecision decide(String stream, byte[] record);
}
