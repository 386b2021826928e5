package io.strongroom.server.ledger;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.RecordId;

/** What a caller is told once its record is durable: its name, its place, its digest. */
public record Receipt(RecordId recordId, long seq, Digest recordDigest) {}
