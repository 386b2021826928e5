package io.strongroom.console.explorer;

import io.strongroom.api.QueryItem;
import io.strongroom.evidence.Digest;
import io.strongroom.evidence.json.CanonicalJson;
import io.strongroom.evidence.ledger.Entry;
import io.strongroom.evidence.note.Checkpoint;
import io.strongroom.evidence.pack.verify.ProofVerifier;
import io.strongroom.evidence.pack.verify.RefusedException;
import io.strongroom.evidence.trust.TrustException;
import io.strongroom.evidence.trust.TrustFile;
import org.jspecify.annotations.Nullable;

/**
 * What became of a record's proof, which was verified on this machine.
 *
 * @param file the proof file, to be kept
 */
sealed interface Proven {
    byte[] file();

    /**
     * It holds.
     *
     * @param content whether the record that is shown was compared with the entry, byte for byte; that cannot be where
     *     some of it is kept apart
     */
    record Held(byte[] file, Checkpoint checkpoint, long index, Digest leaf, Entry entry, boolean content)
            implements Proven {}

    /** It does not. */
    record Failed(byte[] file, String expected, String found) implements Proven {}

    /** Verifies the proof of a record that is shown. */
    static Proven verify(byte[] file, byte[] trustFile, QueryItem shown) {
        try {
            return compare(file, ProofVerifier.verify(file, TrustFile.parse(trustFile), null), shown);
        } catch (RefusedException e) {
            return new Failed(file, e.failure().expected(), e.failure().found());
        } catch (TrustException e) {
            return new Failed(file, "a trust file", String.valueOf(e.getMessage()));
        }
    }

    private static Proven compare(byte[] file, ProofVerifier.Proven proven, QueryItem shown) {
        Entry entry = proven.entry();
        if (entry == null || !entry.id().toString().equals(shown.recordId())) {
            return new Failed(
                    file,
                    "the entry of the record " + shown.recordId(),
                    entry == null ? "a leaf that is no entry" : "the entry of the record " + entry.id());
        }
        Digest content = content(shown);
        if (content != null && !content.equals(entry.record())) {
            return new Failed(file, "a record with the digest " + entry.record(), "one with the digest " + content);
        }
        return new Held(file, proven.checkpoint(), proven.index(), proven.leaf(), entry, content != null);
    }

    /** The digest of the record as it is shown; null where it is not shown as it is stored. */
    private static @Nullable Digest content(QueryItem shown) {
        boolean whole = shown.withheld().isEmpty() && shown.record().get("_sd").isEmpty();
        return whole ? Digest.of(CanonicalJson.of(shown.record().bytes())) : null;
    }
}
