package io.strongroom.server.record;

import io.strongroom.evidence.json.CanonicalObject;
import io.strongroom.evidence.json.CanonicalWriter;
import java.util.Set;

/** The document that a stored record was made of, as far as it is still known: what policy decided about. */
public final class ReceivedDocument {
    /** What the appliance wrote into it (formats §3). */
    private static final Set<String> ADDED = Set.of("_sd", "batch", "policy", "receivedAt", "recordId", "salt", "v");

    private static final CanonicalObject NOTHING = CanonicalObject.ofCanonical(new byte[] {'{', '}'});

    private ReceivedDocument() {}

    /**
     * Takes out what the appliance wrote.
     *
     * @param whole canonical bytes of the stored record with what it commits to put back
     * @return canonical bytes
     */
    public static byte[] of(byte[] whole) {
        CanonicalWriter out = new CanonicalWriter(whole.length);
        CanonicalObject.ofCanonical(whole).merge(NOTHING, ADDED, out);
        return out.toBytes();
    }
}
