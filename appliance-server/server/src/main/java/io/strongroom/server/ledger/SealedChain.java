package io.strongroom.server.ledger;

import io.strongroom.evidence.Digest;

/**
 * A day that is closed (formats §5, Seal).
 *
 * @param chain {@code tenant:2026-11-21}
 * @param firstSeq the day's first entry
 * @param lastSeq the day's last entry
 * @param sealSeq the seal's own entry, the first of the next day
 * @param record digest of the seal's stored record
 * @param sources digest of {@code sourcesObject}
 * @param sourcesObject each source's lowest and highest sequence and the gaps seen, canonical JSON
 */
record SealedChain(
        String chain, long firstSeq, long lastSeq, long sealSeq, Digest record, Digest sources, byte[] sourcesObject) {}
