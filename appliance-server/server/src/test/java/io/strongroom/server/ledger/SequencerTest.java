package io.strongroom.server.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strongroom.server.database.TestDatabases;
import io.strongroom.server.record.Draft;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class SequencerTest {
    private static final LedgerSettings SMALL = new LedgerSettings(
            8, 1L << 20, 10, 1L << 20, 1L << 20, Duration.ofSeconds(2), Duration.ZERO, Duration.ofSeconds(20), 30);

    private final MemoryStore store = new MemoryStore();
    private final Drafts drafts = new Drafts();
    private final AtomicReference<@Nullable String> halted = new AtomicReference<>();

    private Sequencer sequencer(FirstAnswers.Receipts receipts) {
        Head head = store.open();
        MutableClock clock = new MutableClock(Instant.parse("2026-11-21T10:00:00Z"));
        return new Sequencer(
                SMALL,
                store,
                new GroupBuilder(
                        new Seals(TestDatabases.TENANT, drafts, new TestKeys("strongroom.test")),
                        head,
                        new DayChain(),
                        0),
                new CommittedTail(head, -1, 1L << 20),
                receipts,
                new ClockWatch(clock, clock::nanos),
                (sentence, cause) -> halted.set(sentence));
    }

    private List<Draft> some(int count) {
        return IntStream.range(0, count).mapToObj(i -> drafts.plain("app")).toList();
    }

    @Test
    void aFullQueueTakesNothingAndSaysWhenToComeAgain() {
        try (Sequencer sequencer = sequencer(seqs -> Map.of())) {
            // Not started: nothing is taken out.
            sequencer.append(some(6));

            assertThatThrownBy(() -> sequencer.append(some(5)))
                    .isInstanceOfSatisfying(QueueFullException.class, e -> assertThat(e.retryAfter())
                            .isEqualTo(Duration.ofSeconds(2)));
            assertThat(sequencer.waiting()).isEqualTo(6);
            sequencer.append(some(4));
            assertThat(sequencer.waiting()).isEqualTo(10);
            assertThatThrownBy(() -> sequencer.append(some(11))).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aRepetitionWhoseFirstAnswerCannotBeReadHarmsNobodyElse() {
        FirstAnswers.Receipts damaged = seqs -> {
            throw new LedgerDamagedException("the stored block cannot be read");
        };
        try (Sequencer sequencer = sequencer(damaged)) {
            sequencer.start();
            assertThat(sequencer.append(List.of(drafts.keyed(1, "a"))).getFirst())
                    .succeedsWithin(Duration.ofSeconds(30));

            var answers = sequencer.append(List.of(drafts.keyed(1, "a"), drafts.keyed(2, "b")));

            assertThat(answers.get(0)).failsWithin(Duration.ofSeconds(30));
            assertThat(answers.get(1)).succeedsWithin(Duration.ofSeconds(30));
            assertThat(halted.get()).isNull();
        }
    }
}
