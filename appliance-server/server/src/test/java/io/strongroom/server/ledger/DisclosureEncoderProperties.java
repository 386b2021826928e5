package io.strongroom.server.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.tree.Frontier;
import io.strongroom.server.privacy.SealedDisclosures;
import io.strongroom.server.record.Draft;
import java.nio.ByteBuffer;
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

/** Disclosures come out of their blocks as they went in; bytes that are none of a block's are refused. */
final class DisclosureEncoderProperties {
    private static final String[] CLASSES = {"CONFIDENTIAL", "RESTRICTED", SealedDisclosures.FINDABLE};

    private final Drafts drafts = new Drafts();

    private record Block(long first, byte[] packed) {}

    /** A group of which some records have disclosures, in two retention classes. */
    private Group group(Random random, long first, int count, int most) {
        List<Draft> some = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<SealedDisclosures> disclosures = new ArrayList<>();
            for (int c = random.nextInt(6) - 3; c >= 0; c--) {
                byte[] ciphertext = new byte[random.nextInt(most + 1)];
                random.nextBytes(ciphertext);
                disclosures.add(new SealedDisclosures(CLASSES[c], random.nextLong(), ciphertext));
            }
            some.add(drafts.draft("s", "app", null, "class-" + random.nextInt(2), null, disclosures, ""));
        }
        Head before = new Head(first, Digest.ZERO, new Frontier().toBytes(), 0, 1);
        return new Group(before, before, 0, some, new byte[count * Digest.BYTES], null, null, List.of());
    }

    private static List<Block> pack(Group group, String retain) throws SQLException {
        List<Block> blocks = new ArrayList<>();
        new DisclosureEncoder()
                .encode(group, retain, (first, packed) -> blocks.add(new Block(first, packed.toBytes())));
        return blocks;
    }

    private static Map<Long, List<SealedDisclosures>> unpack(Block block) {
        Map<Long, List<SealedDisclosures>> found = new TreeMap<>();
        DisclosureDecoder.unpack(block.first, block.packed, found::put);
        return found;
    }

    @Property(tries = 200)
    void comeOutAsTheyWentIn(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 200) int count, @ForAll @IntRange(max = 2) int size)
            throws SQLException {
        Random random = new Random(seed);
        long start = random.nextLong(1L << 52);
        Group group = group(random, start, count, new int[] {20, 2_000, 70_000}[size]);

        Map<Long, List<SealedDisclosures>> found = new TreeMap<>();
        for (String retain : List.of("class-0", "class-1", "class-2")) {
            for (Block block : pack(group, retain)) {
                Map<Long, List<SealedDisclosures>> some = unpack(block);
                assertThat(some.keySet())
                        .allMatch(seq -> BodyEncoder.boundary(seq) == BodyEncoder.boundary(block.first));
                assertThat(some.keySet().iterator().next()).isEqualTo(block.first);
                assertThat(some.keySet())
                        .allMatch(seq ->
                                group.drafts().get((int) (seq - start)).retain().equals(retain));
                assertThat(some.size() == 1 || block.packed.length <= BodyEncoder.MAX_BYTES + 1_000)
                        .isTrue();
                found.putAll(some);
            }
        }
        for (int i = 0; i < count; i++) {
            assertThat(plain(found.getOrDefault(start + i, List.of())))
                    .isEqualTo(plain(group.drafts().get(i).disclosures()));
        }
    }

    /** In a form that is equal where its bytes are. */
    private static List<List<Object>> plain(List<SealedDisclosures> disclosures) {
        return disclosures.stream()
                .map(each -> List.<Object>of(each.classification(), each.dataKey(), ByteBuffer.wrap(each.ciphertext())))
                .toList();
    }

    @Property(tries = 500)
    void bytesThatAreNoneOfABlocksAreRefusedOrMakeOthers(@ForAll long seed) throws SQLException {
        Random random = new Random(seed);
        Group group = group(random, 0, 40, 300);
        List<Block> blocks = pack(group, "class-0");
        if (blocks.isEmpty()) {
            return;
        }
        Block block = blocks.getFirst();
        byte[] changed = random.nextInt(4) == 0
                ? Arrays.copyOf(block.packed, random.nextInt(block.packed.length))
                : block.packed.clone();
        for (int i = 0; i < 3 && changed.length > 0; i++) {
            changed[random.nextInt(changed.length)] ^= (byte) (1 + random.nextInt(255));
        }

        try {
            int bytes = unpack(new Block(0, changed)).values().stream()
                    .flatMap(List::stream)
                    .mapToInt(each -> each.ciphertext().length)
                    .sum();
            assertThat(bytes).isLessThan(changed.length);
        } catch (LedgerDamagedException e) {
            assertThat(e).hasMessageContaining("the stored disclosures from entry 0 on cannot be read");
        }
    }

    @Test
    void aBlockOfAnotherVersionIsNamed() {
        assertThatThrownBy(() -> unpack(new Block(7, new byte[] {2, 0, 0})))
                .isInstanceOf(LedgerDamagedException.class)
                .hasMessageContaining("entry 7")
                .hasMessageContaining("version is 2");
    }
}
