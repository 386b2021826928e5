package io.strongroom.server.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SegmentProperties {
    @Property(tries = 20)
    void aSegmentFindsJustTheRecordsThatHaveATerm(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int vocabulary) {
        Random random = new Random(seed);
        int[] words = random.ints(vocabulary * 50L).toArray();
        // Some in every record, some in one bucket.
        words[0] = 1;
        words[1] = 2;
        List<TailBatch> tail = new ArrayList<>();
        Map<Integer, List<Integer>> expected = new HashMap<>();
        long firstSeq = 3L * Segment.SIZE;
        long[] allTimes = new long[Segment.SIZE];
        int offset = 0;
        while (offset < Segment.SIZE) {
            int size = Math.min(1 + random.nextInt(5000), Segment.SIZE - offset);
            long[] times =
                    random.longs(size, -1_000_000_000_000L, 4_000_000_000_000L).toArray();
            int[] starts = new int[size + 1];
            int[] terms = new int[size * 4];
            int count = 0;
            for (int i = 0; i < size; i++) {
                starts[i] = count;
                allTimes[offset + i] = times[i];
                terms[count++] = words[0];
                expected.computeIfAbsent(words[0], k -> new ArrayList<>()).add(offset + i);
                int other = words[2 + random.nextInt(words.length - 2)];
                terms[count++] = other;
                expected.computeIfAbsent(other, k -> new ArrayList<>()).add(offset + i);
                if (random.nextInt(3) == 0) {
                    terms[count++] = words[1];
                    expected.computeIfAbsent(words[1], k -> new ArrayList<>()).add(offset + i);
                }
            }
            starts[size] = count;
            TailBatch batch = TailBatch.of(firstSeq + offset, times, starts, Arrays.copyOf(terms, count));
            tail.add(TailBatch.parse(batch.firstSeq(), batch.toBytes()));
            offset += size;
        }
        SegmentWriter writer = new SegmentWriter(tail);
        assertThat(OccurredTimes.decode(writer.occurred())).isEqualTo(allTimes);
        Map<Integer, byte[]> buckets = new HashMap<>();
        writer.buckets((row, bucket) -> buckets.put(bucket, row));
        expected.forEach((term, offsets) -> {
            Offsets found = new Offsets();
            Postings.collect(buckets.getOrDefault(Segment.bucket(term), new byte[0]), term, found);
            assertThat(found.toArray())
                    .isEqualTo(offsets.stream().mapToInt(Integer::intValue).toArray());
            Offsets inTail = new Offsets();
            tail.forEach(batch -> batch.collect(term, firstSeq, inTail));
            assertThat(inTail.toArray()).isEqualTo(found.toArray());
        });
    }

    @Property
    void clippingKeepsTheRange(
            @ForAll @IntRange(max = Segment.SIZE) int a, @ForAll @IntRange(max = Segment.SIZE) int b) {
        int from = Math.min(a, b);
        int to = Math.max(a, b);
        Offsets all = Offsets.range(0, Segment.SIZE);
        all.clip(from, to);
        assertThat(all.toArray()).isEqualTo(Offsets.range(from, to).toArray());
        Offsets copy = new Offsets();
        copy.addBitmap(all.toBytes(), 0);
        assertThat(copy.count()).isEqualTo(to - from);
    }

    @Test
    void joinedBatchesHoldWhatTheirPartsHeld() {
        TailBatch first = TailBatch.of(8, new long[] {1, 2}, new int[] {0, 1, 3}, new int[] {5, 6, 7});
        TailBatch second = TailBatch.of(10, new long[] {3}, new int[] {0, 2}, new int[] {5, 8});
        TailBatch joined = first.join(second);
        assertThat(joined.endSeq()).isEqualTo(11);
        assertThat(joined.occurred(2)).isEqualTo(3);
        Offsets found = new Offsets();
        joined.collect(5, 8, found);
        assertThat(found.toArray()).containsExactly(0, 2);
    }
}
