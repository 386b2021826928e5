package io.strongroom.evidence.pack.verify;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.field.JsonPointer;
import io.strongroom.evidence.field.ObjectReference;
import io.strongroom.evidence.json.CanonicalObject;
import io.strongroom.evidence.json.JsonSlice;
import io.strongroom.evidence.pack.PackLayout;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The large values that a pack holds, and the references to them in its records and disclosures. A value belongs to the
 * evidence because a recorded reference names its digest; one that nothing refers to does not.
 *
 * <p>For one thread at a time.
 */
final class ReferredObjects {
    private static final JsonPointer TOP = JsonPointer.parse("");

    /** Lengths by digest, as text. */
    private final Map<String, Long> here = new HashMap<>();

    private final Set<String> referred = new HashSet<>();
    private long present;
    private long notHere;
    private @Nullable Failure failure;

    /** @param files all files of the bag and their lengths */
    ReferredObjects(Map<String, Long> files) {
        files.forEach((path, length) -> {
            if (path.startsWith(PackLayout.OBJECTS)) {
                here.put("sha256:" + path.substring(PackLayout.OBJECTS.length()), length);
            }
        });
    }

    /** Notes the references in canonical bytes. */
    void look(byte[] json, int offset, int length) {
        if (ObjectReference.any(json, offset, offset + length)) {
            ObjectReference.each(new JsonSlice(json, offset, length), TOP, this::note);
        }
    }

    private void note(JsonPointer place, CanonicalObject object) {
        ObjectReference reference = ObjectReference.find(object).orElse(null);
        if (reference == null) {
            return;
        }
        String name = reference.digest().toString();
        Long length = here.get(name);
        if (length == null) {
            notHere++;
            return;
        }
        present++;
        referred.add(name);
        if (length != reference.bytes() && failure == null) {
            failure = Failure.of(
                    PackLayout.object(reference.digest()),
                    "the " + reference.bytes() + " bytes that a record says it has",
                    length + " bytes");
        }
    }

    /** The first value that is not what a record refers to; null where all are. */
    @Nullable
    Failure failure(Map<String, Digest> digests) {
        for (String name : here.keySet().stream().sorted().toList()) {
            String path = PackLayout.OBJECTS + name.substring("sha256:".length());
            Digest digest = digests.get(path);
            if (digest == null || !digest.toString().equals(name)) {
                return Failure.of(path, "the value whose SHA-256 is its name", "one with " + digest);
            }
            if (!referred.contains(name)) {
                return Failure.of(path, "a value that a record in this pack refers to", "one that none does");
            }
        }
        return failure;
    }

    PackFacts.Objects facts() {
        return new PackFacts.Objects(present, notHere);
    }
}
