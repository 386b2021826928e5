package io.strongroom.server.ledger;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.evidence.Digest;
import io.strongroom.server.database.TestDatabases;
import io.strongroom.server.record.Draft;
import io.strongroom.server.record.IdempotencyKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Whatever comes in whatever groups, and whatever fails between: the answers are those of a simple model. */
final class SequencerProperties {
    private static final LedgerSettings SETTINGS = new LedgerSettings(
            7, 1L << 20, 10_000, 64L << 20, 1L << 20, Duration.ofSeconds(1), Duration.ZERO, Duration.ofSeconds(20), 30);

    /** Smaller keys are chosen by the sender, others are sequences. */
    private static final int CHOSEN = 5;

    /** A draft of key {@code key} (none if negative) and document {@code document}, and what fails before it. */
    record Step(int key, int document, MemoryStore.Fault fault) {}

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<MemoryStore.Fault> faults = Arbitraries.frequency(
                Tuple.of(40, MemoryStore.Fault.NONE),
                Tuple.of(1, MemoryStore.Fault.BEFORE_COMMIT),
                Tuple.of(1, MemoryStore.Fault.REPLY_LOST),
                Tuple.of(1, MemoryStore.Fault.KEYS_UNREADABLE));
        return Combinators.combine(
                        Arbitraries.integers().between(-2, 12),
                        Arbitraries.integers().between(0, 1),
                        faults)
                .as(Step::new)
                .list()
                .ofMaxSize(60);
    }

    @Property(tries = 150)
    void repetitionsAndConflictsAreAnsweredAsByAModel(@ForAll("steps") List<Step> steps, @ForAll long portions) {
        MemoryStore store = new MemoryStore();
        Drafts drafts = new Drafts();
        try (Sequencer sequencer = sequencer(store, drafts)) {
            List<Draft> sent = new ArrayList<>();
            List<CompletableFuture<AppendOutcome>> answers = new ArrayList<>();
            List<Draft> portion = new ArrayList<>();
            List<Integer> ends = new ArrayList<>();
            int index = 0;
            for (Step step : steps) {
                if (step.fault != MemoryStore.Fault.NONE) {
                    store.fail(step.fault);
                }
                Draft draft = draft(drafts, step.key, "document-" + step.document);
                sent.add(draft);
                portion.add(draft);
                if ((portions >>> index++ % 64 & 1) == 0) {
                    answers.addAll(sequencer.append(portion, rows(ends.size())));
                    ends.add(answers.size());
                    portion.clear();
                }
            }
            answers.addAll(sequencer.append(portion, rows(ends.size())));
            ends.add(answers.size());
            List<AppendOutcome> outcomes = answers.stream()
                    .map(answer -> answer.orTimeout(60, TimeUnit.SECONDS).join())
                    .toList();

            checkAgainstModel(sent, outcomes);
            checkLedger(store, sent, outcomes);
            checkRows(store, outcomes, ends);
        }
    }

    /** With two portions of three. */
    private static List<RidingRow> rows(int portion) {
        return portion % 3 == 0 ? List.of() : List.of(new RidingRow("a row", List.of(portion)));
    }

    /** A row is written once, in the group of its records, if all of its portion are new; else it is not written. */
    private static void checkRows(MemoryStore store, List<AppendOutcome> outcomes, List<Integer> ends) {
        Map<Object, Group> written = new HashMap<>();
        for (Group group : store.groups) {
            for (RidingRow row : group.rows()) {
                assertThat(written.put(row.values().getFirst(), group)).isNull();
            }
        }
        int begin = 0;
        for (int portion = 0; portion < ends.size(); portion++) {
            List<AppendOutcome> some = outcomes.subList(begin, ends.get(portion));
            begin = ends.get(portion);
            Group group = written.get(portion);
            boolean rides = portion % 3 != 0
                    && !some.isEmpty()
                    && some.stream().allMatch(AppendOutcome.Appended.class::isInstance);
            assertThat(group != null).isEqualTo(rides);
            if (group != null) {
                assertThat(some)
                        .allSatisfy(one -> assertThat(LedgerFixture.receipt(one).seq())
                                .isBetween(group.first(), group.first() + group.count() - 1));
            }
        }
    }

    /** Some with no key, some with a key of their sender's choice, some with sequences that go up and down. */
    private static Draft draft(Drafts drafts, int key, String document) {
        if (key < 0) {
            return drafts.plain("app");
        }
        return key < CHOSEN ? drafts.keyed(key, document) : drafts.sequenced("source-" + key % 2, key, document);
    }

    private static Sequencer sequencer(MemoryStore store, Drafts drafts) {
        Head head = store.open();
        MutableClock clock = new MutableClock(Instant.parse("2026-11-21T10:00:00Z"));
        Seals seals = new Seals(TestDatabases.TENANT, drafts, KEYS);
        Sequencer sequencer = new Sequencer(
                SETTINGS,
                store,
                new GroupBuilder(seals, head, new DayChain(), 0),
                new CommittedTail(head, -1, 1L << 20),
                seqs -> seqs.stream().collect(Collectors.toMap(Function.identity(), store::receipt)),
                new ClockWatch(clock, clock::nanos),
                (sentence, cause) -> {
                    throw new AssertionError(sentence, cause);
                });
        sequencer.start();
        return sequencer;
    }

    private static final TestKeys KEYS = new TestKeys("strongroom.test");

    /** The model: the first of a key is appended, the same again is replayed, another conflicts. */
    private static void checkAgainstModel(List<Draft> sent, List<AppendOutcome> outcomes) {
        Map<IdempotencyKey, Integer> firsts = new HashMap<>();
        long next = 0;
        for (int i = 0; i < sent.size(); i++) {
            IdempotencyKey key = sent.get(i).key();
            Integer first = key == null ? null : firsts.putIfAbsent(key, i);
            if (first == null) {
                assertThat(outcomes.get(i))
                        .isEqualTo(new AppendOutcome.Appended(new Receipt(
                                sent.get(i).id(), next++, sent.get(i).digest())));
            } else {
                byte[] firstMac = requireNonNull(sent.get(first).key()).mac();
                Receipt receipt = LedgerFixture.receipt(outcomes.get(first));
                if (key != null && Arrays.equals(firstMac, key.mac())) {
                    assertThat(outcomes.get(i)).isEqualTo(new AppendOutcome.Replayed(receipt));
                } else {
                    assertThat(outcomes.get(i)).isInstanceOfSatisfying(AppendOutcome.Conflict.class, conflict -> {
                        assertThat(conflict.first()).isEqualTo(receipt);
                        assertThat(conflict.firstMac()).isEqualTo(firstMac);
                    });
                }
            }
        }
    }

    private static void checkLedger(MemoryStore store, List<Draft> sent, List<AppendOutcome> outcomes) {
        Set<Receipt> appended = new HashSet<>();
        for (AppendOutcome outcome : outcomes) {
            if (outcome instanceof AppendOutcome.Appended one) {
                assertThat(appended.add(one.receipt())).isTrue();
            }
        }
        long expected = 0;
        Digest prev = Digest.ZERO;
        for (Group group : store.groups) {
            // A whole that is larger has a group for itself.
            assertThat(group.count() <= SETTINGS.groupRecords() || group.rows().size() <= 1)
                    .isTrue();
            for (int i = 0; i < group.count(); i++) {
                assertThat(group.entry(i).seq()).isEqualTo(expected++);
                assertThat(group.entry(i).prev()).isEqualTo(prev);
                assertThat(group.entry(i).leaf()).isEqualTo(group.leaf(i));
                assertThat(appended.remove(group.receipt(i))).isTrue();
                prev = group.leaf(i);
            }
        }
        assertThat(appended).isEmpty();
        assertThat(sent).hasSameSizeAs(outcomes);
    }
}
