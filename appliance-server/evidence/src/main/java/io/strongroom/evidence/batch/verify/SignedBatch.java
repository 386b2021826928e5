package io.strongroom.evidence.batch.verify;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.batch.BatchAlgorithm;
import io.strongroom.evidence.batch.BatchHead;
import io.strongroom.evidence.batch.verify.BatchException.Fault;
import io.strongroom.evidence.batch.verify.HeaderReader.Header;

/**
 * The signed part of a batch: what its device says of it, and the digests of its lines. It holds as long as these bytes
 * and the device's key are there, whether or not a line still is.
 */
public final class SignedBatch {
    private final Sign1 sign1;
    private final Header header;
    private final Digest digest;

    private SignedBatch(Sign1 sign1, Header header, Digest digest) {
        this.sign1 = sign1;
        this.header = header;
        this.digest = digest;
    }

    /**
     * Reads the COSE bytes of a batch. Whose they are is not known before {@link #verify}.
     *
     * @throws BatchException if they are not those of a batch, in their one form
     */
    public static SignedBatch parse(byte[] cose) {
        Sign1 sign1 = Sign1.parse(cose);
        if (sign1.unprotected().length != 1) {
            throw BatchException.malformed("the unprotected header is not empty");
        }
        Header header = new HeaderReader(sign1.protectedHeader()).read();
        if (sign1.payload().length != header.head().lines() * Digest.BYTES) {
            throw BatchException.malformed(
                    "the payload is not a digest for each of " + header.head().lines() + " lines");
        }
        return new SignedBatch(sign1, header, Digest.of(cose));
    }

    /**
     * Makes sure that the key signed it.
     *
     * @throws BatchException if it did not, or the batch names another key or algorithm
     */
    public void verify(BatchKey key) {
        if (!header.keyId().equals(key.id())) {
            throw new BatchException(
                    Fault.SIGNATURE, "the batch names the key " + header.keyId() + ", not " + key.id());
        }
        if (header.algorithm() != key.algorithm()) {
            throw new BatchException(
                    Fault.SIGNATURE, "the batch names " + header.algorithm() + " for a key of " + key.algorithm());
        }
        if (!key.verify(sign1.toBeSigned(), sign1.signature())) {
            throw new BatchException(Fault.SIGNATURE, "the signature is not that of the key " + key.id());
        }
    }

    public BatchHead head() {
        return header.head();
    }

    /** The key that it names: the SHA-256 of a SubjectPublicKeyInfo. */
    public Digest keyId() {
        return header.keyId();
    }

    public BatchAlgorithm algorithm() {
        return header.algorithm();
    }

    /** The batch's digest: the SHA-256 of its COSE bytes. */
    public Digest digest() {
        return digest;
    }

    /** The digest of a line, which counts from 0. */
    public Digest line(int index) {
        return Digest.ofBytes(sign1.payload(), index * Digest.BYTES);
    }
}
