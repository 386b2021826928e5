package io.strongroom.evidence.pack.write;

/** A part of records, entries, disclosures or renderings. */
record WrittenPart(WrittenFile file, long lines, long firstSeq, long lastSeq) {}
