package io.strongroom.server.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Bodies come out of their blocks as they went in; bytes that are none of a block's are refused. */
final class BodyEncoderProperties {
    private record Block(long first, byte[] packed) {}

    private static List<Block> pack(Map<Long, byte[]> bodies) throws SQLException {
        List<Block> blocks = new ArrayList<>();
        try (BodyEncoder encoder = new BodyEncoder()) {
            BlockEncoder.Blocks into = (first, packed) -> blocks.add(new Block(first, packed.toBytes()));
            for (Map.Entry<Long, byte[]> one : bodies.entrySet()) {
                encoder.add(one.getKey(), one.getValue(), into);
            }
            encoder.flush(into);
        }
        return blocks;
    }

    private static Map<Long, byte[]> unpack(Block block) {
        Map<Long, byte[]> bodies = new TreeMap<>();
        try (BodyDecoder decoder = new BodyDecoder()) {
            decoder.unpack(block.first, block.packed, any -> true, bodies::put);
        }
        return bodies;
    }

    /** Some of the entries from {@code first} on, of sizes up to {@code most} bytes. */
    private static TreeMap<Long, byte[]> bodies(Random random, long first, int count, int most) {
        TreeMap<Long, byte[]> bodies = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            byte[] body = new byte[random.nextInt(most + 1)];
            if (random.nextBoolean()) {
                random.nextBytes(body);
            }
            bodies.put(first + i + random.nextInt(3), body);
        }
        return bodies;
    }

    @Property(tries = 200)
    void comeOutAsTheyWentIn(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 300) int count, @ForAll @IntRange(max = 3) int size)
            throws SQLException {
        Random random = new Random(seed);
        Map<Long, byte[]> bodies =
                bodies(random, random.nextLong(1L << 52), count, new int[] {0, 20, 2_000, 70_000}[size]);

        Map<Long, byte[]> found = new TreeMap<>();
        for (Block block : pack(bodies)) {
            Map<Long, byte[]> some = unpack(block);
            assertThat(some.keySet()).allMatch(seq -> BodyEncoder.boundary(seq) == BodyEncoder.boundary(block.first));
            assertThat(some.keySet().iterator().next()).isEqualTo(block.first);
            found.putAll(some);
        }
        assertThat(found.keySet()).isEqualTo(bodies.keySet());
        bodies.forEach((seq, body) -> assertThat(found.get(seq)).isEqualTo(body));
    }

    @Property(tries = 500)
    void bytesThatAreNoneOfABlocksAreRefusedOrMakeOtherBodies(@ForAll long seed) throws SQLException {
        Random random = new Random(seed);
        Block block = pack(bodies(random, 0, 1 + random.nextInt(20), 300)).getFirst();
        byte[] changed = random.nextInt(4) == 0
                ? Arrays.copyOf(block.packed, random.nextInt(block.packed.length))
                : block.packed.clone();
        for (int i = 0; i < 3 && changed.length > 0; i++) {
            changed[random.nextInt(changed.length)] ^= (byte) (1 + random.nextInt(255));
        }

        try {
            assertThat(unpack(new Block(0, changed))).hasSizeLessThanOrEqualTo(BodyEncoder.MAX_BODIES);
        } catch (LedgerDamagedException e) {
            assertThat(e).hasMessageContaining("the stored bodies from entry 0 on cannot be read");
        }
    }

    @Test
    void aBlockOfAnotherVersionIsNamed() {
        assertThatThrownBy(() -> unpack(new Block(7, new byte[] {2, 1, 0, 0})))
                .isInstanceOf(LedgerDamagedException.class)
                .hasMessageContaining("entry 7")
                .hasMessageContaining("version is 2");
    }
}
