package io.strongroom.server.ledger;

import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strongroom.evidence.Digest;
import io.strongroom.server.record.Draft;
import io.strongroom.server.record.IdempotencyKey;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Keys are found in their runs with the seq and the MAC that they came with, and no others are. */
final class KeyRunsProperties {
    private static final long FIRST_SEQ = 1_000;

    /** Runs as the database has them: by first half, then by the second half of their first key. */
    private static Map<Long, TreeMap<Long, byte[]>> pack(List<IdempotencyKey> keys) throws SQLException {
        Drafts drafts = new Drafts();
        List<Draft> group = keys.stream()
                .map(key -> drafts.draft("audit.default", "app", null, "standard", key, List.of(), ""))
                .collect(toList());
        // One without a key among them.
        group.add(group.size() / 2, drafts.plain("app"));
        Head before = new Head(FIRST_SEQ, Digest.ZERO, new byte[0], 0, 1);
        Head after = new Head(FIRST_SEQ + group.size(), Digest.ZERO, new byte[0], 0, 1);
        Map<Long, TreeMap<Long, byte[]>> runs = new TreeMap<>();
        KeyRuns.encode(
                new Group(before, after, 0, group, new byte[0], null, null, List.of()),
                (high, low, packed) -> assertThat(runs.computeIfAbsent(high, any -> new TreeMap<>())
                                .put(low, packed.toBytes()))
                        .isNull());
        return runs;
    }

    private static @Nullable KnownKey find(Map<Long, TreeMap<Long, byte[]>> runs, long high, long low) {
        Map.Entry<Long, byte[]> run = runs.getOrDefault(high, new TreeMap<>()).floorEntry(low);
        return KeyRuns.find(run == null ? null : run.getValue(), low);
    }

    private static IdempotencyKey key(long high, long low) {
        return new IdempotencyKey(
                high,
                low,
                Digest.of((high + "/" + low).getBytes(StandardCharsets.US_ASCII))
                        .bytes());
    }

    @Property(tries = 300)
    void whatWasPutInIsFoundAndNothingElse(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 200) int count, @ForAll @IntRange(max = 3) int kind)
            throws SQLException {
        Random random = new Random(seed);
        long begin = new long[] {0, -count / 2, Long.MAX_VALUE - count / 2, random.nextLong()}[kind];
        List<IdempotencyKey> keys = new ArrayList<>(LongStream.range(0, count)
                .filter(any -> random.nextInt(20) > 0)
                .mapToObj(i -> key(random.nextInt(50) == 0 ? 2 : 1, begin + i))
                .toList());
        if (random.nextInt(3) == 0) {
            Collections.shuffle(keys, random);
        }

        Map<Long, TreeMap<Long, byte[]>> runs = pack(keys);

        int without = keys.size() / 2;
        for (int i = 0; i < keys.size(); i++) {
            KnownKey found = find(runs, keys.get(i).high(), keys.get(i).low());
            assertThat(found).isNotNull();
            assertThat(found.seq()).isEqualTo(FIRST_SEQ + i + (i >= without ? 1 : 0));
            assertThat(found.mac()).isEqualTo(keys.get(i).mac());
        }
        for (long low = begin - 40; low != begin + count + 40; low++) {
            for (long high = 0; high < 4; high++) {
                if (!keys.contains(key(high, low))) {
                    assertThat(find(runs, high, low)).as("%d/%d", high, low).isNull();
                }
            }
        }
        runs.forEach(
                (high, ofOne) -> assertThat(KeyRuns.lastLow(ofOne.lastEntry().getValue()))
                        .isEqualTo(keys.stream()
                                .filter(key -> key.high() == high)
                                .mapToLong(IdempotencyKey::low)
                                .max()
                                .orElseThrow()));
    }

    @Test
    void aSourceThatCountsTakesARowForThirtyTwoAndAKeyOfSomebodysChoiceItsOwn() throws SQLException {
        assertThat(pack(LongStream.range(5, 70).mapToObj(low -> key(1, low)).toList())
                        .get(1L))
                .containsOnlyKeys(5L, 37L, 69L);
        assertThat(pack(List.of(key(1, 9), key(2, 10), key(3, 11)))).hasSize(3);
    }

    @Property(tries = 500)
    void bytesThatAreNoneOfARunsAreRefusedOrSaySomethingElse(@ForAll long seed) throws SQLException {
        Random random = new Random(seed);
        byte[] run = pack(LongStream.rangeClosed(1, 1 + random.nextInt(32))
                        .mapToObj(low -> key(1, low))
                        .toList())
                .get(1L)
                .firstEntry()
                .getValue();
        byte[] changed = random.nextInt(3) == 0 ? Arrays.copyOf(run, random.nextInt(run.length)) : run.clone();
        for (int i = 0; i < 3 && changed.length > 0; i++) {
            changed[random.nextInt(Math.min(12, changed.length))] ^= (byte) (1 + random.nextInt(255));
        }

        try {
            KeyRuns.find(changed, 1 + random.nextInt(32));
            KeyRuns.lastLow(changed);
        } catch (LedgerDamagedException e) {
            assertThat(e).hasMessageContaining("a run of stored idempotency keys cannot be read");
        }
    }

    @Test
    void aRunOfNoKeysOrOfMoreThanThereAreIsRefused() {
        for (int count : new int[] {0, 33, 255}) {
            byte[] run = new byte[9 + 33 * 32 + 80];
            run[8] = (byte) count;
            assertThatThrownBy(() -> KeyRuns.find(run, 0)).isInstanceOf(LedgerDamagedException.class);
            assertThatThrownBy(() -> KeyRuns.lastLow(run)).isInstanceOf(LedgerDamagedException.class);
        }
    }
}
