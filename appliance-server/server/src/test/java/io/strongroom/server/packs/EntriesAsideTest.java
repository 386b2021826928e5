package io.strongroom.server.packs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.RecordId;
import io.strongroom.evidence.ledger.Entry;
import io.strongroom.server.spool.Spool;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EntriesAsideTest {
    private static final String LONGEST = "a".repeat(64);

    @Test
    void givesBackTheLeafDataOfEachEntryWhateverItHasInCommonWithTheOneBefore(@TempDir Path folder) throws IOException {
        List<Entry> entries = List.of(
                entry(0, "a", "order-service", "audit-7y", "audit.security", 0L),
                entry(1, "a", "order-service", "audit-7y", "audit.security", 1L),
                entry(5, "a", "order-service", "audit-7y", "audit.security", null),
                entry(6, "b", "order-service", "audit-7y", "audit.security", null),
                entry(7, "b", LONGEST, "audit-7y", "audit.security", 9_007_199_254_740_991L),
                entry(8, "b", LONGEST, LONGEST, "audit.security", 3L),
                entry(9, "b", LONGEST, LONGEST, LONGEST, 3L),
                entry(9_007_199_254_740_991L, "a", "order-service", "audit-7y", "audit.security", 0L));
        List<String> found = new ArrayList<>();
        List<Long> places = new ArrayList<>();
        Spool spool = new Spool(folder, 0);

        try (EntriesAside aside = new EntriesAside(what -> new Aside(spool, what, new Random(1)))) {
            for (Entry entry : entries) {
                aside.entry(entry);
            }
            aside.end();
            aside.entries((seq, bytes, offset, length) -> {
                places.add(seq);
                return found.add(new String(Arrays.copyOfRange(bytes, offset, offset + length), UTF_8));
            });
        }

        assertThat(found)
                .isEqualTo(entries.stream()
                        .map(entry -> new String(entry.leafData(), UTF_8))
                        .toList());
        assertThat(places).isEqualTo(entries.stream().map(Entry::seq).toList());
    }

    private static Entry entry(
            long seq, String policy, String source, String retain, String stream, @Nullable Long sourceSeq) {
        return new Entry(
                seq,
                1_700_000_000_000L + seq % 1_000,
                new RecordId(1_700_000_000_000L << 16, seq),
                Digest.of(policy.getBytes(UTF_8)),
                Digest.of(("before " + seq).getBytes(UTF_8)),
                Digest.of(("record " + seq).getBytes(UTF_8)),
                retain,
                source,
                sourceSeq,
                stream);
    }
}
