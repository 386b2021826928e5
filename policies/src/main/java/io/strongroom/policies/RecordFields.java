package io.strongroom.policies;

import java.util.Set;
import java.util.TreeSet;

/** The members of a record that policies speak about (formats §3). */
public final class RecordFields {
    /** These stand in the entry in clear, for ever; a policy that hid them would promise what it cannot keep. */
    public static final Set<String> ALWAYS_CLEAR = Set.of("source", "stream", "tenantId");

    /** What a policy may classify and hide; each with all that is inside it. */
    public static final Set<String> HIDEABLE = Set.of(
            "action", "actor", "attributes", "correlation", "labels", "occurredAt", "outcome", "purpose", "resource");

    private RecordFields() {}

    /** All members that a received record may have. */
    public static Set<String> received() {
        Set<String> names = new TreeSet<>(HIDEABLE);
        names.addAll(ALWAYS_CLEAR);
        return names;
    }
}
