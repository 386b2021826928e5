package io.strongroom.evidence.pack.write;

import io.strongroom.evidence.Rfc3339;
import io.strongroom.evidence.json.CanonicalWriter;
import io.strongroom.evidence.key.SigningKey;
import io.strongroom.evidence.note.Checkpoint;
import io.strongroom.evidence.note.VerifierKey;
import io.strongroom.evidence.pack.PackLayout;
import java.util.List;
import java.util.stream.Stream;

/** Renders {@code manifest.json} and the predicate that is signed. */
final class ManifestJson {
    private ManifestJson() {}

    static String keyPath(SigningKey key) {
        return PackLayout.KEYS + "pack-" + key.algorithm().label() + ".pem";
    }

    /** What the signature says beside the digests: enough to tell this pack from any other. */
    static byte[] predicate(PackDescription pack) {
        Checkpoint head = pack.head();
        CanonicalWriter out = new CanonicalWriter();
        out.beginObject();
        out.name("createdAt").string(Rfc3339.format(pack.createdAt()));
        out.name("origin").string(head.origin());
        out.name("packageId").string(pack.packId());
        out.name("root").string(head.root().toString());
        out.name("size").integer(head.size());
        out.name("tenantId").string(pack.tenant().value());
        return out.endObject().toBytes();
    }

    static byte[] render(PackDescription pack, PackContents contents, List<SigningKey> signers) {
        Checkpoint head = pack.head();
        CanonicalWriter out = new CanonicalWriter();
        out.beginObject();
        out.name("checkpoint").beginObject();
        out.name("origin").string(head.origin());
        out.name("path").string(PackLayout.checkpoint(head.size()));
        out.name("root").string(head.root().toString());
        out.name("size").integer(head.size()).endObject();
        counts(out, pack, contents);
        out.name("createdAt").string(Rfc3339.format(pack.createdAt()));
        out.name("format").string(pack.format());
        keys(out, pack, signers);
        out.name("packageId").string(pack.packId());
        parts(out, contents);
        policies(out, pack);
        out.name("purpose").string(pack.purpose());
        out.name("ranges").beginArray().beginObject();
        out.name("from").integer(pack.range().from());
        out.name("leaves")
                .string(PackLayout.leaves(pack.range().from(), pack.range().to()));
        out.name("proof").string(PackLayout.RANGE);
        out.name("to").integer(pack.range().to()).endObject().endArray();
        out.name("reader").beginObject();
        out.name("id").string(pack.reader().id());
        out.name("maskingProfile").string(pack.reader().maskingProfile().get());
        out.name("role").string(pack.reader().role()).endObject();
        out.name("schemaVersion").string(PackLayout.SCHEMA_VERSION);
        out.name("selection").rawValue(pack.selection(), 0, pack.selection().length);
        out.name("tenantId").string(pack.tenant().value());
        out.name("tool").beginObject();
        out.name("name").string(pack.tool().name());
        out.name("version").string(pack.tool().version()).endObject();
        if (!pack.withhold().isEmpty()) {
            out.name("withhold").beginArray();
            pack.withhold().forEach(out::string);
            out.endArray();
        }
        return out.endObject().toBytes();
    }

    private static void counts(CanonicalWriter out, PackDescription pack, PackContents contents) {
        long entries = contents.lines(contents.entries);
        long records = contents.lines(contents.records);
        long leaves = pack.range().to() - pack.range().from();
        out.name("counts").beginObject();
        out.name("bodiesLeftOut").integer(entries - records);
        out.name("disclosures").integer(contents.lines(contents.disclosures));
        out.name("entries").integer(entries);
        out.name("leaves").integer(leaves);
        out.name("notSelected").integer(leaves - entries);
        out.name("records").integer(records).endObject();
    }

    private static void keys(CanonicalWriter out, PackDescription pack, List<SigningKey> signers) {
        out.name("keys").beginArray();
        for (SigningKey signer : signers) {
            out.beginObject();
            out.name("algo").string(signer.algorithm().label());
            out.name("keyId").string(signer.verifyingKey().id().toString());
            out.name("path").string(keyPath(signer));
            out.name("signs").string("pack").endObject();
        }
        for (VerifierKey key : pack.logKeys()) {
            out.beginObject();
            out.name("algo").string(key.type().algorithm().label());
            out.name("keyId").string(key.key().id().toString());
            out.name("path").string(PackLayout.LOG_KEYS);
            out.name("signs").string("log").endObject();
        }
        out.endArray();
    }

    private static void parts(CanonicalWriter out, PackContents contents) {
        out.name("parts").beginArray();
        Stream.of(contents.records, contents.entries, contents.disclosures, contents.masked)
                .flatMap(List::stream)
                .forEach(part -> {
                    out.beginObject();
                    out.name("firstSeq").integer(part.firstSeq());
                    out.name("lastSeq").integer(part.lastSeq());
                    out.name("lines").integer(part.lines());
                    out.name("path").string(part.file().path());
                    out.name("sha256").string(part.file().digest().hex());
                    out.name("size").integer(part.file().size()).endObject();
                });
        out.endArray();
    }

    private static void policies(CanonicalWriter out, PackDescription pack) {
        out.name("policy").beginArray();
        for (PolicyFiles policy : pack.policies()) {
            out.beginObject();
            out.name("bundle").string(policy.digest().toString());
            out.name("commit").string(policy.commit());
            out.name("version").string(policy.version()).endObject();
        }
        out.endArray();
    }
}
