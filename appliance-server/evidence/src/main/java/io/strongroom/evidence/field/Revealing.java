package io.strongroom.evidence.field;

import io.strongroom.evidence.json.CanonicalObject;
import io.strongroom.evidence.json.CanonicalWriter;
import io.strongroom.evidence.json.JsonSlice;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Members to put back into a document, as a tree of names in canonical order. */
final class Revealing {
    // Java compares strings by UTF-16 code units, which is the canonical order of members.
    private final Map<String, Revealing> members = new TreeMap<>();
    private final @Nullable JsonSlice value;

    /** The disclosures lie apart, and each has its place in the document. */
    Revealing(Collection<Disclosure> disclosures) {
        this((JsonSlice) null);
        for (Disclosure disclosure : disclosures) {
            Revealing node = this;
            var tokens = disclosure.pointer().tokens();
            for (String token : tokens.subList(0, tokens.size() - 1)) {
                node = node.members.computeIfAbsent(token, t -> new Revealing((JsonSlice) null));
            }
            node.members.put(tokens.getLast(), new Revealing(disclosure.value()));
        }
    }

    private Revealing(@Nullable JsonSlice value) {
        this.value = value;
    }

    byte[] reveal(CanonicalObject document) {
        CanonicalWriter out = new CanonicalWriter();
        write(document, out);
        return out.toBytes();
    }

    private void write(CanonicalObject object, CanonicalWriter out) {
        Map<String, JsonSlice> all = new TreeMap<>();
        object.forEach(member -> all.put(member.getKey(), member.getValue()));
        members.forEach((name, node) -> {
            if (node.value != null) {
                all.put(name, node.value);
            }
        });
        out.beginObject();
        all.forEach((name, member) -> {
            out.name(name);
            Revealing node = members.get(name);
            if (node == null || node.value != null) {
                out.rawValue(member);
            } else {
                node.write(Objects.requireNonNull(member).object(), out);
            }
        });
        out.endObject();
    }
}
