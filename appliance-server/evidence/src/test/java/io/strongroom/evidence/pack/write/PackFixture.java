package io.strongroom.evidence.pack.write;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.RecordId;
import io.strongroom.evidence.Rfc3339;
import io.strongroom.evidence.TenantId;
import io.strongroom.evidence.field.Commitments;
import io.strongroom.evidence.field.Disclosure;
import io.strongroom.evidence.field.JsonPointer;
import io.strongroom.evidence.field.Withheld;
import io.strongroom.evidence.json.CanonicalJson;
import io.strongroom.evidence.json.CanonicalObject;
import io.strongroom.evidence.key.SigningAlgorithm;
import io.strongroom.evidence.key.SigningKey;
import io.strongroom.evidence.ledger.Entry;
import io.strongroom.evidence.note.Checkpoint;
import io.strongroom.evidence.note.NoteSigner;
import io.strongroom.evidence.note.SignedNote;
import io.strongroom.evidence.tree.Frontier;
import io.strongroom.evidence.tree.HashSource;
import io.strongroom.evidence.tree.RangeProof;
import io.strongroom.evidence.trust.TrustFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A small log in memory, made from fixed seeds, and packs of it. */
public final class PackFixture {
    public static final long START = Rfc3339.parse("2026-11-21T01:02:03.004Z");
    public static final String ORIGIN = "appliance.example/acme/00c0ffee";
    public static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochMilli(START));

    public static final SigningKey LOG = key(SigningAlgorithm.ED25519, 1);
    public static final SigningKey LOG_PQ = key(SigningAlgorithm.ML_DSA_44, 2);
    public static final SigningKey PACK = key(SigningAlgorithm.ED25519, 3);
    public static final SigningKey PACK_PQ = key(SigningAlgorithm.ML_DSA_44, 4);
    public static final NoteSigner LOG_SIGNER = NoteSigner.ed25519(ORIGIN, LOG);
    public static final NoteSigner LOG_PQ_SIGNER = NoteSigner.mlDsa44(ORIGIN, LOG_PQ, CLOCK);

    private final List<byte[]> records = new ArrayList<>();
    private final List<byte[]> entries = new ArrayList<>();
    private final List<List<Disclosure>> disclosures = new ArrayList<>();
    private final List<RecordId> ids = new ArrayList<>();
    private final List<Digest> leaves = new ArrayList<>();
    private final TreeMap<String, byte[]> policyFiles = new TreeMap<>();
    private final Digest policy;
    private final Map<Digest, PolicyFiles> decided = new LinkedHashMap<>();
    private final Random random = new Random(7);
    private Digest inForce;

    private PackFixture() {
        policyFiles.put("bundle.yaml", "classes: []\n".getBytes(StandardCharsets.UTF_8));
        policyFiles.put("tests/a.yaml", "tests: []\n".getBytes(StandardCharsets.UTF_8));
        StringBuilder json = new StringBuilder("{");
        policyFiles.forEach((path, bytes) -> json.append(json.length() > 1 ? "," : "")
                .append('"')
                .append(path)
                .append("\":\"")
                .append(Digest.of(bytes))
                .append('"'));
        policy = Digest.of(json.append('}').toString().getBytes(StandardCharsets.UTF_8));
        inForce = policy;
        decided.put(policy, new PolicyFiles(policy, "0123abcd", "1", policyFiles));
    }

    public static SigningKey key(SigningAlgorithm algorithm, int fill) {
        byte[] seed = new byte[SigningAlgorithm.SEED_BYTES];
        Arrays.fill(seed, (byte) fill);
        return SigningKey.ofSeed(algorithm, seed);
    }

    /** A log of so many records; every third hides a field. */
    public static PackFixture log(int size) {
        return log(size, 0);
    }

    /** A log whose records each have so many bytes more. */
    public static PackFixture log(int size, int padding) {
        PackFixture log = new PackFixture();
        log.grow(size, padding);
        return log;
    }

    /** Appends so many records more. */
    public void grow(int more, int padding) {
        for (int i = 0; i < more; i++) {
            append(entries.size(), padding);
        }
    }

    /** The bundle whose files go into the packs. */
    public Digest policy() {
        return policy;
    }

    /** From here on this bundle decides. */
    public void decidedBy(Digest bundle) {
        inForce = bundle;
        decided.put(bundle, new PolicyFiles(bundle, "", "0", new TreeMap<>()));
    }

    private void append(int seq, int padding) {
        byte[] bits = new byte[RecordId.RANDOM_BYTES];
        random.nextBytes(bits);
        RecordId id = RecordId.of(START + seq, bits);
        StringBuilder pad = new StringBuilder();
        while (pad.length() < padding) {
            pad.append(Long.toHexString(random.nextLong()));
        }
        String json = """
                {"v":1,"recordId":"%s","receivedAt":"%s","occurredAt":"%s","action":"Door.Opened","outcome":"success",
                "actor":{"type":"User","id":"u-%d"},"resource":{"type":"Door","id":"d-%d <b>"},"salt":"%s",
                "attributes":{"email":"user%d@example.com","note":"grüß \\u20ac %s","n":%d.5},"tenantId":"acme",
                "source":{"id":"door-service","sequence":%d},"stream":"audit.default",
                "policy":{"bundle":"%s","classification":"INTERNAL","commit":"","retention":"audit-7y","version":"1"}}
                """.formatted(
                        id,
                        Rfc3339.format(START + seq),
                        Rfc3339.format(START + seq - 5),
                        random.nextInt(100),
                        seq,
                        Long.toHexString(random.nextLong()),
                        seq,
                        pad,
                        seq,
                        seq,
                        inForce);
        byte[] record = CanonicalJson.of(json.getBytes(StandardCharsets.UTF_8));
        List<Disclosure> hidden = List.of();
        if (seq % 3 == 0) {
            Withheld withheld = Commitments.withhold(
                    record, List.of(JsonPointer.parse("/attributes/email"), JsonPointer.parse("/actor/id")), random);
            hidden = withheld.disclosures();
            String sd = "{\"_sd\":[\"" + String.join("\",\"", withheld.digests()) + "\"]}";
            record = CanonicalObject.ofCanonical(withheld.document())
                    .merge(CanonicalObject.of(sd.getBytes(StandardCharsets.UTF_8)));
        }
        add(id, record, hidden, "audit.default", "door-service");
    }

    /** Appends a record whose JSON has these members beside its id, though its entry says what most entries say. */
    public void saying(String members) {
        byte[] bits = new byte[RecordId.RANDOM_BYTES];
        bits[0] = (byte) entries.size();
        RecordId id = RecordId.of(START + entries.size(), bits);
        byte[] record = CanonicalJson.of(
                ("{\"recordId\":\"" + id + "\",\"v\":1," + members + "}").getBytes(StandardCharsets.UTF_8));
        add(id, record, List.of(), "audit.default", "door-service");
    }

    /** As {@link #saying(String)}, with bytes that nothing is done to, and an entry that says what most say but for this. */
    public void lying(String members, UnaryOperator<Entry> entry) {
        lying(members, "\"v\":1}", entry);
    }

    /** As above, with these bytes behind the id. */
    public void lying(String members, String behind, UnaryOperator<Entry> entry) {
        byte[] bits = new byte[RecordId.RANDOM_BYTES];
        bits[0] = (byte) entries.size();
        RecordId id = RecordId.of(START + entries.size(), bits);
        byte[] record = (members + "\"recordId\":\"" + id + "\"," + behind).getBytes(StandardCharsets.UTF_8);
        int seq = entries.size();
        Digest prev = seq == 0 ? Digest.ZERO : leaves.getLast();
        add(
                record,
                List.of(),
                entry.apply(new Entry(
                        seq,
                        START + seq,
                        id,
                        inForce,
                        prev,
                        Digest.of(record),
                        "audit-7y",
                        "door-service",
                        (long) seq,
                        "audit.default")));
    }

    private void add(RecordId id, byte[] record, List<Disclosure> hidden, String stream, String source) {
        add(id, record, hidden, stream, source, (long) entries.size());
    }

    private void add(
            RecordId id,
            byte[] record,
            List<Disclosure> hidden,
            String stream,
            String source,
            @Nullable Long sourceSeq) {
        int seq = entries.size();
        Entry entry = new Entry(
                seq,
                START + seq,
                id,
                inForce,
                seq == 0 ? Digest.ZERO : leaves.getLast(),
                Digest.of(record),
                "audit-7y",
                source,
                sourceSeq,
                stream);
        add(record, hidden, entry);
    }

    private void add(byte[] record, List<Disclosure> hidden, Entry entry) {
        records.add(record);
        entries.add(entry.leafData());
        disclosures.add(hidden);
        ids.add(entry.id());
        leaves.add(entry.leaf());
    }

    /** Appends what the server itself records. */
    public void system(String stream, String attributes) {
        system(stream, "recorded", attributes);
    }

    /** Appends what the server itself records. */
    public void system(String stream, String action, String attributes) {
        byte[] bits = new byte[RecordId.RANDOM_BYTES];
        bits[0] = (byte) entries.size();
        RecordId id = RecordId.of(START + entries.size(), bits);
        add(
                id,
                CanonicalJson.of(
                        ("{\"recordId\":\"" + id + "\",\"v\":1,\"stream\":\"" + stream + "\",\"action\":\"" + action
                                        + "\",\"attributes\":"
                                        + attributes + "}")
                                .getBytes(StandardCharsets.UTF_8)),
                List.of(),
                stream,
                "strongroom");
    }

    /** Appends a record whose attribute {@code scan} is this, in clear or hidden. */
    public void scan(String value, boolean hidden) {
        byte[] bits = new byte[RecordId.RANDOM_BYTES];
        bits[0] = (byte) entries.size();
        RecordId id = RecordId.of(START + entries.size(), bits);
        byte[] record =
                CanonicalJson.of(("{\"recordId\":\"" + id + "\",\"v\":1,\"attributes\":{\"scan\":" + value + "}}")
                        .getBytes(StandardCharsets.UTF_8));
        List<Disclosure> disclosed = List.of();
        if (hidden) {
            Withheld withheld = Commitments.withhold(record, List.of(JsonPointer.parse("/attributes/scan")), random);
            disclosed = withheld.disclosures();
            String sd = "{\"_sd\":[\"" + withheld.digests().getFirst() + "\"]}";
            record = CanonicalObject.ofCanonical(withheld.document())
                    .merge(CanonicalObject.of(sd.getBytes(StandardCharsets.UTF_8)));
        }
        add(id, record, disclosed, "audit.default", "scanner");
    }

    /** Appends a record of the device {@code laptop-7} in the stream {@code audit.security}, which names this batch. */
    public void ofDevice(Digest batch, long line) {
        byte[] bits = new byte[RecordId.RANDOM_BYTES];
        bits[0] = (byte) entries.size();
        RecordId id = RecordId.of(START + entries.size(), bits);
        byte[] record = CanonicalJson.of(("{\"recordId\":\"" + id + "\",\"v\":1,\"source\":{\"id\":\"laptop-7\"},"
                        + "\"stream\":\"audit.security\",\"batch\":{\"digest\":\"" + batch + "\",\"line\":" + line
                        + "}}")
                .getBytes(StandardCharsets.UTF_8));
        add(id, record, List.of(), "audit.security", "laptop-7", null);
    }

    public int size() {
        return entries.size();
    }

    public byte[] entry(int seq) {
        return entries.get(seq).clone();
    }

    public byte[] record(int seq) {
        return records.get(seq).clone();
    }

    public List<Disclosure> disclosures(int seq) {
        return disclosures.get(seq);
    }

    public Digest leaf(int seq) {
        return leaves.get(seq);
    }

    public Digest root(int size) {
        Frontier frontier = new Frontier();
        leaves.subList(0, size).forEach(frontier::append);
        return frontier.root();
    }

    public HashSource hashes() {
        return (level, index) -> {
            Frontier frontier = new Frontier();
            int from = (int) (index << level);
            leaves.subList(from, from + (1 << level)).forEach(frontier::append);
            return frontier.root();
        };
    }

    public SignedNote checkpoint(int size, NoteSigner... signers) {
        return new Checkpoint(ORIGIN, size, root(size)).sign(signers);
    }

    public static TrustFile trust() {
        return TrustFile.of(
                List.of(LOG_SIGNER.verifierKey(), LOG_PQ_SIGNER.verifierKey()),
                List.of(PACK.verifyingKey(), PACK_PQ.verifyingKey()),
                START - 1000);
    }

    public PackDescription describe(int from, int to, Attachment... attachments) {
        return describe(from, to, checkpoint(size(), LOG_SIGNER, LOG_PQ_SIGNER), attachments);
    }

    public PackDescription describe(int from, int to, SignedNote checkpoint, Attachment... attachments) {
        return describe(from, to, checkpoint, List.of(), List.of(), attachments);
    }

    /** A pack that shows further checkpoints. */
    public PackDescription beside(int from, int to, SignedNote... further) {
        return describe(from, to, checkpoint(size(), LOG_SIGNER, LOG_PQ_SIGNER), List.of(further), List.of());
    }

    /** A pack whose asker wanted nothing of these places that is kept apart. */
    public PackDescription withholding(int from, int to, String... places) {
        return describe(from, to, checkpoint(size(), LOG_SIGNER, LOG_PQ_SIGNER), List.of(), List.of(places));
    }

    private PackDescription describe(
            int from,
            int to,
            SignedNote checkpoint,
            List<SignedNote> further,
            List<String> withhold,
            Attachment... attachments) {
        return new PackDescription(
                "pack-01",
                new TenantId("acme"),
                START + 10_000,
                new PackDescription.Reader("auditor@example.com", "Audit.Reader", ""),
                "yearly audit",
                "{\"stream\":\"audit.default\"}".getBytes(StandardCharsets.UTF_8),
                withhold,
                "ndjson",
                checkpoint,
                further,
                RangeProof.of(hashes(), from, to, size()),
                List.of(LOG_SIGNER.verifierKey(), LOG_PQ_SIGNER.verifierKey()),
                List.copyOf(decided.values()),
                "{\"fields\":[]}".getBytes(StandardCharsets.UTF_8),
                new PackDescription.Tool("strongroom", "0.1.0"),
                List.of(attachments));
    }

    /** A source of the range: entries of the places selected, records and disclosures of those shown. */
    public PackSource source(int from, int to, LongPredicate selected, LongPredicate shown, Attachment... objects) {
        return new PackSource() {
            @Override
            public void objects(Objects out) throws IOException {
                for (Attachment object : objects) {
                    out.object(object);
                }
            }

            @Override
            public void records(Lines out) throws IOException {
                walk(records, seq -> selected.test(seq) && shown.test(seq), out);
            }

            @Override
            public void entries(Lines out) throws IOException {
                walk(entries, selected, out);
            }

            private void walk(List<byte[]> lines, LongPredicate which, Lines out) throws IOException {
                for (int seq = from; seq < to; seq++) {
                    if (which.test(seq) && !out.line(seq, lines.get(seq), 0, lines.get(seq).length)) {
                        return;
                    }
                }
            }

            @Override
            public void disclosures(Disclosures out) throws IOException {
                for (int seq = from; seq < to; seq++) {
                    if (selected.test(seq)
                            && shown.test(seq)
                            && !PackFixture.this.disclosures.get(seq).isEmpty()
                            && seq % 2 == 0) {
                        out.disclosed(seq, ids.get(seq), PackFixture.this.disclosures.get(seq));
                    }
                }
            }

            @Override
            public void leaves(Leaves out) throws IOException {
                for (int seq = from; seq < to; seq++) {
                    out.leaves(leaves.get(seq).bytes(), 0, 1);
                }
            }
        };
    }

    /** A pack of all places of the range. */
    public byte[] pack(int from, int to) {
        return pack(describe(from, to), source(from, to, seq -> true, seq -> true), null);
    }

    /** A pack whose parts are at most so long. */
    public static byte[] pack(PackDescription description, PackSource source, @Nullable Long partBytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            List<SigningKey> keys = List.of(PACK, PACK_PQ);
            (partBytes == null ? new PackWriter(keys) : new PackWriter(keys, partBytes, 0))
                    .write(description, source, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
