package io.strongroom.evidence.ledger;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.RecordId;
import org.jspecify.annotations.Nullable;

/**
 * One line of the ledger (formats §5).
 *
 * @param seq from 0, without gaps
 * @param at when the sequencer took it, epoch milliseconds; never before the entry before
 * @param id the record's id
 * @param policy digest of the bundle that decided about the record
 * @param prev leaf hash of the entry before; {@link Digest#ZERO} for the first
 * @param record SHA-256 of the stored record
 * @param retain the retention class
 * @param source the source id
 * @param sourceSeq the producer's own sequence, where it gave one
 * @param stream the stream's name
 */
public record Entry(
        long seq,
        long at,
        RecordId id,
        Digest policy,
        Digest prev,
        Digest record,
        String retain,
        String source,
        @Nullable Long sourceSeq,
        String stream) {}
