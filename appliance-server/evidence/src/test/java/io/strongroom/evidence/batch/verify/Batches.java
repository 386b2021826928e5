package io.strongroom.evidence.batch.verify;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.SourceId;
import io.strongroom.evidence.StreamName;
import io.strongroom.evidence.batch.BatchHead;
import io.strongroom.evidence.batch.Epoch;
import io.strongroom.evidence.batch.LineEncoding;
import io.strongroom.evidence.batch.write.BatchSigner;
import io.strongroom.evidence.batch.write.BatchWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.List;
import java.util.stream.IntStream;

/** Batches for tests, of two devices whose keys are made for the run. */
public final class Batches {
    static final Epoch EPOCH = Epoch.ofBytes(new byte[16]);
    private static final KeyPair P256 = p256();
    private static final KeyPair ED25519 = ed25519();

    private Batches() {}

    public static BatchSigner signer() {
        return BatchSigner.of(P256.getPrivate(), P256.getPublic());
    }

    /** The public half of {@link #signer}, as a pack has it. */
    public static byte[] spki() {
        return P256.getPublic().getEncoded();
    }

    static BatchKey key() {
        return BatchKey.ofSpki(P256.getPublic().getEncoded());
    }

    static BatchSigner edSigner() {
        return BatchSigner.of(ED25519.getPrivate(), ED25519.getPublic());
    }

    static BatchKey edKey() {
        return BatchKey.ofSpki(ED25519.getPublic().getEncoded());
    }

    static KeyPair p256() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static KeyPair ed25519() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    public static BatchHead head(long first, int lines) {
        return new BatchHead(
                new SourceId("laptop-7"),
                new StreamName("audit.security"),
                1_795_222_923L,
                EPOCH,
                first,
                first + lines - 1,
                Digest.ZERO,
                "boot-1",
                4711,
                LineEncoding.NONE);
    }

    public static List<byte[]> lines(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> ("{\"line\":" + i + "}").getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    static byte[] frame(BatchHead head, List<byte[]> lines) {
        return BatchWriter.frame(BatchWriter.sign(head, lines, signer()), BatchWriter.join(lines));
    }

    /** Takes a frame whose lines are not encoded, as an intake does: everything is checked. */
    static BatchLines accept(byte[] frame, BatchKey key) {
        BatchFrame parts = BatchFrame.parse(frame);
        SignedBatch batch = SignedBatch.parse(parts.cose());
        batch.verify(key);
        return read(batch, parts.encodedLines());
    }

    static BatchLines read(SignedBatch batch, InputStream decoded) {
        try {
            return BatchLines.read(batch, decoded);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    public static byte[] golden(String name) {
        try (InputStream in = Batches.class.getResourceAsStream("/batch/" + name)) {
            if (in == null) {
                throw new AssertionError("no file " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
