package io.strongroom.evidence.pack.write;

/**
 * A pack that has been written.
 *
 * @param bytes length of the zip
 * @param records bodies in it
 * @param entries selected places of the ledger
 * @param leaves all places of the range
 */
public record PackSummary(long bytes, long records, long entries, long disclosures, long leaves) {}
