package io.strongroom.evidence.pack.write;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.json.CanonicalWriter;
import io.strongroom.evidence.pack.PackLayout;
import io.strongroom.evidence.tree.RangeProof;
import java.util.List;

/** Renders what ties a pack's range to its checkpoint. */
final class Proofs {
    private Proofs() {}

    static byte[] range(PackDescription pack) {
        RangeProof range = pack.range();
        CanonicalWriter out = new CanonicalWriter();
        out.beginObject();
        out.name("checkpoint").string(PackLayout.checkpoint(range.size()));
        out.name("from").integer(range.from());
        out.name("leaves").string(PackLayout.leaves(range.from(), range.to()));
        hashes(out.name("left"), range.left());
        hashes(out.name("right"), range.right());
        out.name("size").integer(range.size());
        out.name("to").integer(range.to());
        return out.endObject().toBytes();
    }

    private static void hashes(CanonicalWriter out, List<Digest> hashes) {
        out.beginArray();
        hashes.forEach(hash -> out.string(hash.toString()));
        out.endArray();
    }
}
