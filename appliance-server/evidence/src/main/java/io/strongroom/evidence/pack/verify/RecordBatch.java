package io.strongroom.evidence.pack.verify;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.RecordId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the reader of records tells the reader of entries, some hundred records at a time. */
final class RecordBatch {
    static final int MOST = 1024;

    /** Nothing follows. */
    static final RecordBatch END = new RecordBatch("");

    final String file;
    final byte[] digests = new byte[MOST * Digest.BYTES];
    final long[] lines = new long[MOST];
    final List<@Nullable RecordId> ids = new ArrayList<>(MOST);

    /** The place that the record's disclosures name; −1 where it has none. */
    final long[] disclosedAt = new long[MOST];

    final EntryClaims claims = new EntryClaims();

    final List<@Nullable Failure> problems = new ArrayList<>(MOST);
    int size;

    RecordBatch(String file) {
        this.file = file;
    }
}
