package io.strongroom.server.ledger;

import io.strongroom.server.privacy.SealedDisclosures;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Unpacks stored disclosures; the form is told at {@link DisclosureEncoder}. Only the form is checked. */
final class DisclosureDecoder {
    /** A ciphertext, and the keyed hashes, for each class there is, and room for more. */
    private static final int MOST_OF_A_RECORD = 64;

    private DisclosureDecoder() {}

    /** Takes the disclosures of a record. */
    @FunctionalInterface
    interface Disclosures {
        void take(long seq, List<SealedDisclosures> sealed);
    }

    /**
     * Hands out all disclosures of a block.
     *
     * @param first the seq that names the block
     * @throws LedgerDamagedException if the bytes are none of a block's
     */
    static void unpack(long first, byte[] packed, Disclosures disclosures) {
        try {
            unpack(first, ByteBuffer.wrap(packed), disclosures);
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw new LedgerDamagedException(
                    "the stored disclosures from entry " + first + " on cannot be read: " + e.getMessage());
        }
    }

    private static void unpack(long first, ByteBuffer in, Disclosures disclosures) {
        int version = in.get();
        if (version != DisclosureEncoder.VERSION) {
            throw new IllegalArgumentException("their version is " + version + "; this program knows 1");
        }
        long seq = first;
        while (in.hasRemaining()) {
            seq += PackedBytes.count(in, BodyEncoder.MAX_BODIES);
            int count = PackedBytes.count(in, MOST_OF_A_RECORD);
            List<SealedDisclosures> sealed = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                String classification = PackedBytes.text(in);
                long dataKey = in.getLong();
                byte[] ciphertext = new byte[PackedBytes.count(in, in.remaining())];
                in.get(ciphertext);
                sealed.add(new SealedDisclosures(classification, dataKey, ciphertext));
            }
            disclosures.take(seq, List.copyOf(sealed));
        }
    }
}
