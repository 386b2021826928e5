package io.strongroom.evidence.pack.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.pack.PackLayout;
import io.strongroom.evidence.pack.write.PackFixture;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What a pack shows of the tree while it grew is what the log had. */
class ShownTreeProperties {
    private static final int SIZE = 70;
    private static final PackFixture LOG = PackFixture.log(SIZE);

    /** A pack's files in memory. */
    private record Files(SortedMap<String, byte[]> content) implements Bag {
        @Override
        public SortedMap<String, Long> files() {
            SortedMap<String, Long> files = new TreeMap<>();
            content.forEach((path, bytes) -> files.put(path, (long) bytes.length));
            return files;
        }

        @Override
        public InputStream open(String path) {
            return new ByteArrayInputStream(content.getOrDefault(path, new byte[0]));
        }

        @Override
        public void close() {}
    }

    @Property(tries = 200)
    void everyRootAndLeafThatIsShownIsTheLogs(
            @ForAll @IntRange(max = SIZE) int one, @ForAll @IntRange(max = SIZE) int other) throws IOException {
        int from = Math.min(one, other);
        int to = Math.max(one, other);
        PackFiles pack = PackFiles.of(LOG.pack(from, to));
        RangeJson range = RangeJson.parse(pack.get(PackLayout.RANGE));
        ShownTree shown = ShownTree.walk(
                new Files(pack.files),
                range,
                LongStream.rangeClosed(0, SIZE + 5).boxed().toList(),
                LongStream.range(0, SIZE).boxed().toList());

        assertThat(shown.roots()).containsKeys(0L, (long) SIZE);
        assertThat(shown.roots().keySet())
                .containsAll(LongStream.rangeClosed(from, to).boxed().toList());
        shown.roots().forEach((size, root) -> assertThat(root).isEqualTo(LOG.root(Math.toIntExact(size))));
        assertThat(shown.leaves().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.range(from, to).boxed().toList());
        shown.leaves().forEach((place, leaf) -> assertThat(leaf).isEqualTo(LOG.leaf(Math.toIntExact(place))));
    }

    @Property(tries = 50)
    void leavesThatAreMissingAreNotPassedOver(@ForAll @IntRange(min = 1, max = SIZE) int to) throws IOException {
        PackFiles pack = PackFiles.of(LOG.pack(0, to));
        RangeJson range = RangeJson.parse(pack.get(PackLayout.RANGE));
        byte[] leaves = pack.get(range.leaves());
        pack.files.put(range.leaves(), Arrays.copyOf(leaves, leaves.length - Digest.BYTES));
        assertThatThrownBy(() -> ShownTree.walk(new Files(pack.files), range, List.of((long) to), List.of()))
                .isInstanceOf(EOFException.class);
    }
}
