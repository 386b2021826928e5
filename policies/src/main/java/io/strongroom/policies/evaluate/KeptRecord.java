package io.strongroom.policies.evaluate;

import io.strongroom.evidence.field.JsonPointer;
import io.strongroom.evidence.json.CanonicalObject;
import io.strongroom.evidence.json.CanonicalWriter;
import io.strongroom.evidence.json.JsonSlice;
import io.strongroom.evidence.json.JsonToken;
import io.strongroom.policies.PolicyDecision;
import io.strongroom.policies.PolicyDecision.Hashed;
import io.strongroom.policies.TenantHash;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A record as it is kept, before anything is committed: without what policy drops, and with hashes in place of what it
 * hashes. Readers are shown this, with what they may see of the committed fields put back.
 */
public final class KeptRecord {
    private final Set<String> dropped;
    private final Set<String> hashed;
    private final byte[] salt;

    private KeptRecord(Set<String> dropped, Set<String> hashed, byte[] salt) {
        this.dropped = dropped;
        this.hashed = hashed;
        this.salt = salt;
    }

    /**
     * Drops and hashes.
     *
     * @param canonical canonical bytes of the record that was decided about
     * @param salt the tenant's, as {@link TenantHash} wants it
     */
    public static byte[] of(byte[] canonical, PolicyDecision decision, byte[] salt) {
        if (decision.dropped().isEmpty() && decision.hashed().isEmpty()) {
            return canonical;
        }
        CanonicalWriter out = new CanonicalWriter(canonical.length);
        new KeptRecord(
                        Set.copyOf(decision.dropped()),
                        decision.hashed().stream().map(Hashed::pointer).collect(Collectors.toSet()),
                        salt)
                .object(CanonicalObject.ofCanonical(canonical), "", out);
        return out.toBytes();
    }

    private void object(CanonicalObject object, String path, CanonicalWriter out) {
        out.beginObject();
        for (int i = 0; i < object.size(); i++) {
            String name = object.name(i);
            String pointer = path + JsonPointer.of(name);
            if (!dropped.contains(pointer)) {
                out.name(name);
                value(object.value(i), pointer, out);
            }
        }
        out.endObject();
    }

    private void value(JsonSlice value, String pointer, CanonicalWriter out) {
        if (hashed.contains(pointer)) {
            out.string(TenantHash.of(salt, value));
        } else if (value.kind() == JsonToken.BEGIN_OBJECT
                && (isInside(dropped, pointer) || isInside(hashed, pointer))) {
            object(value.object(), pointer, out);
        } else {
            out.rawValue(value);
        }
    }

    private static boolean isInside(Collection<String> pointers, String object) {
        return pointers.stream().anyMatch(pointer -> pointer.startsWith(object + "/"));
    }
}
