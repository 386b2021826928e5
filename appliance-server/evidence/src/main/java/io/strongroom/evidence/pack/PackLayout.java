package io.strongroom.evidence.pack;

import io.strongroom.evidence.Digest;
import java.util.Locale;

/** The names of an evidence pack's files, below its one top folder. */
public final class PackLayout {
    public static final String OPEN_ME = "data/OPEN-ME.html";
    public static final String DICTIONARY = "data/dictionary.json";
    public static final String RECORDS = "data/records/";
    public static final String ENTRIES = "data/entries/";
    public static final String DISCLOSURES = "data/disclosures/";
    public static final String MASKED = "data/masked/";
    public static final String ERASURES = "data/erasures/";
    public static final String BATCHES = "data/batches/";
    public static final String TABLES = "data/tables/";
    public static final String OBJECTS = "data/objects/";
    public static final String RANGE = "proofs/range.json";
    public static final String CHECKPOINTS = "checkpoints/";
    public static final String POLICY = "policy/";
    public static final String APPROVALS = "approvals/";
    public static final String KEYS = "keys/";
    public static final String LOG_KEYS = "keys/log.vkey";
    public static final String README = "README-verify.md";
    public static final String MANIFEST = "manifest.json";
    public static final String BAGIT = "bagit.txt";
    public static final String BAG_INFO = "bag-info.txt";
    public static final String PAYLOAD_MANIFEST = "manifest-sha256.txt";
    public static final String SIGNED_MANIFEST = "manifest.dsse.json";
    public static final String TAG_MANIFEST = "tagmanifest-sha256.txt";

    /** What a checkpoint ends in. */
    public static final String NOTE = ".note";

    /** What the proof of a record ends in; the record itself stands beside it, with {@code .json}. */
    public static final String PROOF = ".tlog-proof";

    /** What the signed bytes of a device batch end in. */
    public static final String BATCH = ".cose";

    /** What the key of a device ends in. */
    public static final String DEVICE_KEY = ".der";

    /** Where BagIt's payload stands. */
    public static final String PAYLOAD = "data/";

    /** A part is at most this long, in bytes. */
    public static final long MAX_PART_BYTES = 128L << 20;

    /** The version of {@code manifest.json}; a verifier knows one. */
    public static final String SCHEMA_VERSION = "1.0.0";

    /** The in-toto predicate type of a pack's signed manifest. */
    public static final String PREDICATE_TYPE = "urn:strongroom:pack:v1";

    private PackLayout() {}

    /** A part's path: {@code data/records/part-00000.ndjson}. */
    public static String part(String folder, int number) {
        return folder + String.format(Locale.ROOT, "part-%05d.ndjson", number);
    }

    /** Where a large value stands. */
    public static String object(Digest digest) {
        return OBJECTS + digest.hex();
    }

    /** Where the signed bytes of a device batch stand. */
    public static String batch(Digest digest) {
        return BATCHES + digest.hex() + BATCH;
    }

    /** Where the key stands that signed batches, in DER (SubjectPublicKeyInfo), by its SHA-256. */
    public static String deviceKey(Digest key) {
        return BATCHES + key.hex() + DEVICE_KEY;
    }

    /** Where all leaf hashes of the range [{@code from}, {@code to}) stand. */
    public static String leaves(long from, long to) {
        return "proofs/leaves-" + from + "-" + to + ".bin";
    }

    /** Where the approvals stand that made the bundle come into force by the entry at {@code seq}. */
    public static String approvals(Digest bundle, long seq) {
        return APPROVALS + bundle.hex() + "/" + seq + "/";
    }

    /** Where the checkpoint of this size stands. */
    public static String checkpoint(long size) {
        return CHECKPOINTS + size + NOTE;
    }

    /** Where the time-stamp (RFC 3161, TimeStampResp) of the checkpoint at this path stands. */
    public static String timeStamp(String checkpoint) {
        String name =
                checkpoint.endsWith(NOTE) ? checkpoint.substring(0, checkpoint.length() - NOTE.length()) : checkpoint;
        return name + ".tsr";
    }
}
