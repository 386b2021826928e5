package io.strongroom.server.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

final class SourceSequencesProperties {

    @Property(tries = 300)
    void gapsAreExactlyTheSequencesBetweenLowestAndHighestThatNeverCame(
            @ForAll @Size(min = 1, max = 80) List<@IntRange(min = 0, max = 120) Integer> numbers) {
        SourceSequences sequences = new SourceSequences();
        numbers.forEach(number -> sequences.add(number.longValue()));

        TreeSet<Integer> seen = new TreeSet<>(numbers);
        List<Long> missing = new ArrayList<>();
        for (int number = seen.first(); number <= seen.last(); number++) {
            if (!seen.contains(number)) {
                missing.add((long) number);
            }
        }
        List<Long> gaps = new ArrayList<>();
        sequences.gaps().forEach((from, to) -> {
            for (long number = from; number <= to; number++) {
                gaps.add(number);
            }
        });

        assertThat(sequences.lowest()).isEqualTo(seen.first().longValue());
        assertThat(sequences.highest()).isEqualTo(seen.last().longValue());
        assertThat(sequences.count()).isEqualTo(numbers.size());
        assertThat(gaps).isEqualTo(missing);
        assertThat(sequences.gapsComplete()).isTrue();
    }

    @Property(tries = 100)
    void theStateIsTheSameAfterItWasStored(
            @ForAll @Size(max = 50) List<@IntRange(min = 0, max = 1_000) Integer> numbers) {
        SourceSequences sequences = new SourceSequences();
        numbers.forEach(number -> sequences.add(number.longValue()));
        sequences.add();
        PackedBytes out = new PackedBytes(16);
        sequences.write(out);

        SourceSequences read = SourceSequences.read(ByteBuffer.wrap(out.toBytes()));

        assertThat(read).usingRecursiveComparison().isEqualTo(sequences);
    }
}
