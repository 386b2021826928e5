package io.strongroom.evidence.pack.verify;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.RecordId;
import io.strongroom.evidence.json.CanonicalObject;
import io.strongroom.evidence.json.JsonException;
import io.strongroom.evidence.json.JsonReader;
import io.strongroom.evidence.ledger.Entry;
import io.strongroom.evidence.ledger.RecordLimits;
import io.strongroom.evidence.pack.PackLayout;
import io.strongroom.evidence.trust.TrustFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Erasure records: those that a pack brings with proofs of their own, and those of later packs. Only what the server
 * itself recorded counts: stream {@code system.erasure}, source {@code strongroom}. The digests stand in
 * {@code attributes.digests}.
 *
 * @param origin the ledger that holds them
 */
public record ErasureRecords(String origin, Set<String> digests) {
    private static final String STREAM = "system.erasure";

    /**
     * Reads the erasure records of a later pack, which must verify by itself.
     *
     * @throws RefusedException if it does not
     */
    public static ErasureRecords ofPack(Path pack, @Nullable TrustFile trust) throws IOException {
        Ladder ladder = new PackVerifier(trust, Set.of()).verify(pack);
        if (!ladder.held()) {
            String why = ladder.failure()
                    .map(failure -> "expected " + failure.expected() + ", found " + failure.found())
                    .orElse("a finding that the trust file demands is missing");
            throw new RefusedException(pack.toString(), "erasure records in a pack that verifies", why);
        }
        try (Bag bag = PackVerifier.open(pack)) {
            Map<RecordId, Digest> erasures = new HashMap<>();
            try (Lines entries = lines(bag, PackLayout.ENTRIES)) {
                while (entries.next()) {
                    Entry entry = Entry.parse(entries.buffer(), entries.start(), entries.length());
                    if (SystemRecord.isOf(entry, STREAM)) {
                        erasures.put(entry.id(), entry.record());
                    }
                }
            }
            Set<String> digests = new HashSet<>();
            RecordScan scan = new RecordScan();
            try (Lines records = lines(bag, PackLayout.RECORDS)) {
                while (records.next()) {
                    byte[] record =
                            Arrays.copyOfRange(records.buffer(), records.start(), records.start() + records.length());
                    scan.scan(record, 0, record.length);
                    Digest expected = erasures.get(scan.id());
                    if (expected != null && expected.equals(Digest.of(record))) {
                        digests.addAll(digests(record));
                    }
                }
            }
            return new ErasureRecords(ladder.facts().origin(), digests);
        }
    }

    private static Lines lines(Bag bag, String folder) {
        List<String> parts = bag.files().keySet().stream()
                .filter(path -> path.startsWith(folder))
                .sorted()
                .toList();
        return new Lines(bag, parts, new ConcurrentHashMap<>(), new ConcurrentHashMap<>());
    }

    /**
     * Reads the erasure records that a pack brings along: {@code data/erasures/<name>.json} with
     * {@code data/erasures/<name>.tlog-proof}, which holds the entry.
     *
     * @throws RefusedException if one does not hold
     */
    static Set<String> within(Bag bag, Signers signers, String origin) throws IOException {
        Set<String> digests = new HashSet<>();
        for (String path : bag.files().keySet()) {
            if (path.startsWith(PackLayout.ERASURES) && path.endsWith(PackLayout.PROOF)) {
                SystemRecord erasure = SystemRecord.read(bag, path, STREAM, "erasure record", signers, origin);
                try {
                    digests.addAll(digests(erasure.bytes()));
                } catch (JsonException e) {
                    throw new RefusedException(erasure.file(), "digests that are erased", e.getMessage() + "");
                }
            }
        }
        return digests;
    }

    private static List<String> digests(byte[] record) {
        List<String> digests = new ArrayList<>();
        JsonReader reader = CanonicalObject.of(record)
                .require("attributes")
                .object()
                .require("digests")
                .reader();
        reader.beginArray();
        while (reader.hasNext()) {
            digests.add(reader.string());
            if (digests.size() > RecordLimits.MAX_ERASED_DIGESTS) {
                throw reader.refused("an erasure record names at most " + RecordLimits.MAX_ERASED_DIGESTS + " digests");
            }
        }
        reader.endArray();
        return digests;
    }
}
