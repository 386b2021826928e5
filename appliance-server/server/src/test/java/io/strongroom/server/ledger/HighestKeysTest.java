package io.strongroom.server.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strongroom.evidence.Digest;
import io.strongroom.server.record.Draft;
import io.strongroom.server.record.IdempotencyKey;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class HighestKeysTest {
    private final MemoryStore store = new MemoryStore();
    private final Drafts drafts = new Drafts();

    private static IdempotencyKey key(Draft draft) {
        return Objects.requireNonNull(draft.key());
    }

    private void commit(HighestKeys highest, List<Draft> group) throws SQLException {
        Head before = store.reopen();
        Head after = new Head(before.size() + group.size(), Digest.ZERO, before.frontier(), 0, before.epoch());
        Group built = new Group(before, after, 0, group, new byte[group.size() * Digest.BYTES], null, null, List.of());
        store.commit(built);
        highest.committed(built);
    }

    @Test
    void whatGoesUpIsNewAndOnlyTheRestMayHaveComeBefore() throws SQLException {
        HighestKeys highest = new HighestKeys(store, 10);
        Draft first = drafts.sequenced("app", 5);
        assertThat(highest.perhapsKnown(List.of(first))).isEmpty();
        commit(highest, List.of(first));

        Draft late = drafts.sequenced("app", 4);
        Draft again = drafts.sequenced("app", 5);
        Draft chosen = drafts.keyed(9, "a");
        assertThat(highest.perhapsKnown(List.of(
                        drafts.plain("app"),
                        late,
                        again,
                        drafts.sequenced("app", 6),
                        chosen,
                        drafts.sequenced("other", 1))))
                .containsExactly(key(late), key(again), key(chosen));
    }

    @Test
    void aNewProcessAsksTheStoreOnceForEachSource() throws SQLException {
        commit(new HighestKeys(store, 10), List.of(drafts.sequenced("app", 5)));
        HighestKeys restarted = new HighestKeys(store, 10);

        Draft again = drafts.sequenced("app", 5);
        assertThat(restarted.perhapsKnown(List.of(again, drafts.sequenced("app", 6))))
                .containsExactly(key(again));
        store.fail(MemoryStore.Fault.KEYS_UNREADABLE);
        assertThat(restarted.perhapsKnown(List.of(drafts.sequenced("app", 7)))).isEmpty();
    }

    @Test
    void aStoreThatCannotBeAskedLeavesNoMark() throws SQLException {
        commit(new HighestKeys(store, 10), List.of(drafts.sequenced("app", 5)));
        HighestKeys highest = new HighestKeys(store, 10);
        store.fail(MemoryStore.Fault.KEYS_UNREADABLE);
        Draft again = drafts.sequenced("app", 5);

        assertThatThrownBy(() -> highest.perhapsKnown(List.of(again))).isInstanceOf(SQLException.class);

        assertThat(highest.perhapsKnown(List.of(again))).containsExactly(key(again));
    }

    /** However few sources are remembered, and in whatever groups they come: no key that is there is taken for new. */
    @Test
    void forgottenSourcesAreAskedForAgain() throws SQLException {
        Random random = new Random(20_261_121);
        for (int most = 1; most <= 4; most++) {
            HighestKeys highest = new HighestKeys(store, most);
            for (int round = 0; round < 300; round++) {
                List<Draft> group = Stream.generate(
                                () -> drafts.sequenced("source-" + random.nextInt(6), random.nextInt(200)))
                        .limit(1 + random.nextInt(8))
                        .toList();
                List<IdempotencyKey> perhaps = highest.perhapsKnown(group);
                for (Draft draft : group) {
                    assertThat(perhaps.contains(key(draft)) || !store.keys.containsKey(key(draft)))
                            .isTrue();
                }
                List<Draft> fresh = IntStream.range(0, group.size())
                        .filter(i -> !store.keys.containsKey(key(group.get(i))))
                        .filter(i -> group.subList(0, i).stream().noneMatch(one -> key(one).equals(key(group.get(i)))))
                        .mapToObj(group::get)
                        .toList();
                if (!fresh.isEmpty()) {
                    commit(highest, fresh);
                }
            }
        }
    }
}
