package io.strongroom.server.ledger;

import io.strongroom.server.privacy.SealedDisclosures;
import io.strongroom.server.record.Draft;
import java.sql.SQLException;
import java.util.List;

/**
 * Packs records' encrypted disclosures into the form in which they are stored, version 1; {@link DisclosureDecoder}
 * reads it.
 *
 * <pre>
 * u8      version, 1
 * then, of each record that has any:
 * varint  seq less the one before (the first: less the seq that names the block)
 * varint  how many it has, then of each: text of its class, u64 data key, varint length in bytes, ciphertext
 * </pre>
 *
 * As with {@linkplain BodyEncoder bodies}, a block holds one retention class, never crosses a multiple of 16, and has at
 * most 64 KiB unless a single record has more. Ciphertexts are not compressed: nothing would be found.
 *
 * <p>Owned by one thread.
 */
final class DisclosureEncoder implements Packing {
    static final int VERSION = 1;

    private final PackedBytes out = new PackedBytes(BodyEncoder.MAX_BYTES);

    @Override
    public void encode(Group group, String retain, BlockEncoder.Blocks blocks) throws SQLException {
        // Of the block that is being filled; meaningless while it is empty.
        boolean empty = true;
        long first = 0;
        long last = 0;
        for (int i = 0; i < group.count(); i++) {
            Draft draft = group.drafts().get(i);
            if (draft.disclosures().isEmpty() || !draft.retain().equals(retain)) {
                continue;
            }
            long seq = group.first() + i;
            boolean elsewhere = BodyEncoder.boundary(seq) != BodyEncoder.boundary(first);
            if (!empty && (elsewhere || out.length() + length(draft.disclosures()) > BodyEncoder.MAX_BYTES)) {
                blocks.take(first, out);
                empty = true;
            }
            if (empty) {
                first = seq;
                last = seq;
                out.clear();
                out.u8(VERSION);
                empty = false;
            }
            add(seq - last, draft.disclosures());
            last = seq;
        }
        if (!empty) {
            blocks.take(first, out);
        }
    }

    private void add(long step, List<SealedDisclosures> disclosures) {
        out.varint(step).varint(disclosures.size());
        for (SealedDisclosures sealed : disclosures) {
            out.text(sealed.classification())
                    .i64(sealed.dataKey())
                    .varint(sealed.ciphertext().length)
                    .put(sealed.ciphertext());
        }
    }

    private static int length(List<SealedDisclosures> disclosures) {
        int length = 0;
        for (SealedDisclosures sealed : disclosures) {
            length += sealed.ciphertext().length;
        }
        return length;
    }
}
