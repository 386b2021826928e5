package io.strongroom.evidence.pack.verify;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.batch.BatchLayout;
import io.strongroom.evidence.batch.verify.BatchException;
import io.strongroom.evidence.batch.verify.BatchKey;
import io.strongroom.evidence.batch.verify.SignedBatch;
import io.strongroom.evidence.json.CanonicalObject;
import io.strongroom.evidence.pack.PackLayout;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The device batches that a pack holds, and the records that name them. A batch belongs to the evidence because a recorded
 * digest names it; its device's signature holds under the key that it names, which stands beside it.
 *
 * <p>For one thread at a time.
 */
final class ReferredBatches {
    private static final int MOST_KEY_BYTES = 1024;

    /** What records say of a batch, by its digest's hex. */
    private final Map<String, Claim> claims = new HashMap<>();

    private final Set<String> signed = new HashSet<>();

    /** All records of a batch say the same of it but for their line. */
    private static final class Claim {
        private final String device;
        private final String stream;
        private boolean contradicted;
        private long lastLine;
        private long records;

        Claim(String device, String stream) {
            this.device = device;
            this.stream = stream;
        }
    }

    /**
     * Notes what a record says, in canonical bytes.
     *
     * @throws io.strongroom.evidence.json.JsonException if it says so in another form
     * @throws IllegalArgumentException if it does not name a digest
     */
    void look(byte[] json, int offset, int length) {
        CanonicalObject record = CanonicalObject.ofCanonical(json, offset, length);
        CanonicalObject batch = record.require("batch").object();
        String digest = Digest.parse(batch.require("digest").string()).hex();
        long line = batch.require("line").integer();
        String device = record.require("source").object().require("id").string();
        String stream = record.require("stream").string();
        Claim claim = claims.computeIfAbsent(digest, d -> new Claim(device, stream));
        claim.contradicted |= !claim.device.equals(device) || !claim.stream.equals(stream) || line < 0;
        claim.lastLine = Math.max(claim.lastLine, line);
        claim.records++;
    }

    /** The first batch that is not what records say of it, or that its device did not sign; null where all hold. */
    @Nullable
    Failure failure(Bag bag) throws IOException {
        Set<String> keys = new HashSet<>();
        Set<String> used = new HashSet<>();
        for (String path : bag.files().keySet().stream().sorted().toList()) {
            if (!path.startsWith(PackLayout.BATCHES)) {
                continue;
            }
            if (path.endsWith(PackLayout.DEVICE_KEY)) {
                keys.add(path);
                continue;
            }
            try {
                Failure found = check(bag, path, used);
                if (found != null) {
                    return found;
                }
            } catch (BatchException e) {
                return Failure.of(path, "a batch that its device signed", String.valueOf(e.getMessage()));
            } catch (RefusedException e) {
                return e.failure();
            }
        }
        for (String path : keys.stream().sorted().toList()) {
            if (!used.contains(path)) {
                return Failure.of(path, "a key that signed a batch in this pack", "one that did not");
            }
        }
        return null;
    }

    private @Nullable Failure check(Bag bag, String path, Set<String> used) throws IOException {
        byte[] cose = SmallFiles.read(bag, path, BatchLayout.MOST_BYTES);
        SignedBatch batch = SignedBatch.parse(cose);
        if (!path.equals(PackLayout.batch(batch.digest()))) {
            return Failure.of(path, "the batch whose SHA-256 is its name", "one with " + batch.digest());
        }
        Claim claim = claims.get(batch.digest().hex());
        if (claim == null) {
            return Failure.of(path, "a batch that a record in this pack names", "one that none does");
        }
        String keyPath = PackLayout.deviceKey(batch.keyId());
        used.add(keyPath);
        batch.verify(key(SmallFiles.read(bag, keyPath, MOST_KEY_BYTES), keyPath));
        String is = batch.head().device() + ", " + batch.head().stream();
        if (claim.contradicted || !is.equals(claim.device + ", " + claim.stream)) {
            return Failure.of(path, "the device and stream of its records, " + claim.device + ", " + claim.stream, is);
        }
        if (claim.lastLine >= batch.head().lines()) {
            return Failure.of(
                    path,
                    "a batch with the line " + claim.lastLine + ", which a record names",
                    "one of " + batch.head().lines() + " lines");
        }
        signed.add(batch.digest().hex());
        return null;
    }

    private static BatchKey key(byte[] der, String path) throws RefusedException {
        try {
            return BatchKey.ofSpki(der);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(path, "the public key of a device", String.valueOf(e.getMessage()));
        }
    }

    PackFacts.Batches facts() {
        long here = 0;
        long notHere = 0;
        for (var claim : claims.entrySet()) {
            if (signed.contains(claim.getKey())) {
                here += claim.getValue().records;
            } else {
                notHere += claim.getValue().records;
            }
        }
        return new PackFacts.Batches(here, notHere);
    }
}
