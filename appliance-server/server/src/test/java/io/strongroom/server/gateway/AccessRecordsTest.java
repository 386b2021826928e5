package io.strongroom.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.RecordId;
import io.strongroom.server.access.Caller;
import io.strongroom.server.access.Scope;
import io.strongroom.server.gateway.AccessRecords.Reading;
import io.strongroom.server.ledger.AppendOutcome;
import io.strongroom.server.ledger.Ledger;
import io.strongroom.server.ledger.LedgerClosedException;
import io.strongroom.server.ledger.QueueFullException;
import io.strongroom.server.ledger.Receipt;
import io.strongroom.server.ledger.RidingRow;
import io.strongroom.server.ledger.SystemTrail;
import io.strongroom.server.privacy.Sealed;
import io.strongroom.server.record.Draft;
import io.strongroom.server.record.SystemRecords.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Each reading is covered by a durable record before it is answered; a refreshed screen leaves one a minute. */
class AccessRecordsTest {
    private static final Caller JANE = caller("jane");
    private static final Caller JOHN = caller("john");
    private static final String VIEW = "GET /api/v1/query/records?actor=user0";
    private static final Receipt RECEIPT = new Receipt(RecordId.of(0, new byte[10]), 0, Digest.ZERO);

    private final List<Event> events = new ArrayList<>();
    private final FakeLedger ledger = new FakeLedger();
    private Instant now = Instant.parse("2026-11-21T10:00:00Z");
    private final AccessRecords records = new AccessRecords(
            new SystemTrail(
                    (stream, event) -> {
                        events.add(event);
                        return draft(stream);
                    },
                    ledger),
            () -> now);

    private static Caller caller(String id) {
        return new Caller(id, id, "acme", Set.of(Scope.READ), Set.of());
    }

    private static Draft draft(String stream) {
        return new Draft(
                RECEIPT.recordId(),
                stream,
                "strongroom",
                null,
                "audit-7y",
                Digest.ZERO,
                Digest.ZERO,
                new byte[0],
                null,
                Sealed.NOTHING);
    }

    private void read(Caller caller, String view) {
        records.read(caller, view, new Reading("Records.Queried", "Query", "records", Map.of("records", 7L)));
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }

    @Test
    void theSameViewWithinAMinuteNeedsOneRecordAndIsCounted() {
        for (int i = 0; i < 12; i++) {
            read(JANE, VIEW);
            pass(Duration.ofSeconds(5));
        }
        assertThat(events).hasSize(1);
        assertThat(events.getFirst().attributes())
                .containsEntry("until", "2026-11-21T10:01:00.000Z")
                .containsEntry("records", 7L)
                .doesNotContainKey("repeats");

        read(JANE, VIEW);
        assertThat(events).hasSize(2);
        assertThat(events.getLast().action()).isEqualTo("Records.Queried");
        assertThat(events.getLast().attributes())
                .containsEntry("until", "2026-11-21T10:02:00.000Z")
                .containsEntry("repeats", 11L);
    }

    @Test
    void anotherCallerAndAnotherFilterAreOtherViews() {
        read(JANE, VIEW);
        read(JOHN, VIEW);
        read(JANE, VIEW + "&outcome=failure");
        read(JANE, VIEW.replace("GET", "POST"));
        assertThat(events).hasSize(4);
    }

    @Test
    void theCountOfAViewThatNobodyAskedForAgainStandsBesideTheNextReading() {
        read(JANE, VIEW);
        read(JANE, VIEW);
        read(JANE, VIEW);
        pass(Duration.ofSeconds(60));
        read(JOHN, VIEW);
        assertThat(events)
                .extracting(Event::action)
                .containsExactly("Records.Queried", "Reading.Repeated", "Records.Queried");
        Event repeated = events.get(1);
        assertThat(repeated.actorId()).isEqualTo("jane");
        assertThat(repeated.attributes()).containsOnly(Map.entry("of", "Records.Queried"), Map.entry("repeats", 2L));
        pass(Duration.ofSeconds(60));
        read(JANE, VIEW);
        assertThat(events.getLast().attributes()).doesNotContainKey("repeats");
    }

    @Test
    void whatIsStillCountedIsWrittenWhenTheApplianceStops() {
        read(JANE, VIEW);
        read(JANE, VIEW);
        records.stop();
        assertThat(events).extracting(Event::action).containsExactly("Records.Queried", "Reading.Repeated");
        records.stop();
        assertThat(events).hasSize(2);
    }

    @Test
    void aRefreshWaitsForTheRecordThatCoversIt() throws InterruptedException {
        ledger.slow = true;
        Thread first = Thread.ofVirtual().start(() -> read(JANE, VIEW));
        Awaitility.await().until(() -> ledger.pending.size() == 1);
        Thread refresh = Thread.ofVirtual().start(() -> read(JANE, VIEW));
        Awaitility.await().until(() -> refresh.getState() == Thread.State.TIMED_WAITING);
        assertThat(first.isAlive()).isTrue();
        ledger.pending.getFirst().complete(new AppendOutcome.Appended(RECEIPT));
        first.join();
        refresh.join();
        assertThat(events).hasSize(1);
    }

    @Test
    void aReadingThatWasNotRecordedCoversNothing() {
        ledger.failure = new LedgerClosedException("stopped");
        assertThatThrownBy(() -> read(JANE, VIEW)).isInstanceOf(LedgerClosedException.class);
        assertThatThrownBy(() -> read(JANE, VIEW)).isInstanceOf(LedgerClosedException.class);
        ledger.failure = null;
        read(JANE, VIEW);
        read(JANE, VIEW);
        assertThat(events).hasSize(3);
    }

    @Test
    void aCountOutlivesALedgerWithoutRoom() {
        read(JANE, VIEW);
        read(JANE, VIEW);
        pass(Duration.ofSeconds(60));
        ledger.full = true;
        assertThatThrownBy(() -> read(JANE, VIEW)).isInstanceOf(QueueFullException.class);
        ledger.full = false;
        read(JANE, VIEW);
        assertThat(events.getLast().attributes()).containsEntry("repeats", 1L);
    }

    @Test
    void aClockThatWasSetBackIsNoReasonToRecordLess() {
        read(JANE, VIEW);
        pass(Duration.ofSeconds(-1));
        read(JANE, VIEW);
        assertThat(events).hasSize(2);
    }

    @Test
    void askingInEverNewWaysTakesNoMoreMemory() {
        read(JANE, VIEW);
        for (int i = 0; i < 10_000; i++) {
            read(JOHN, VIEW + i);
        }
        read(JANE, VIEW);
        assertThat(events)
                .as("the first view was let go, so it is recorded again")
                .hasSize(10_002);
    }

    /** Takes what it is given, at once or when it is told to. */
    private static final class FakeLedger implements Ledger {
        private final List<CompletableFuture<AppendOutcome>> pending = new CopyOnWriteArrayList<>();
        private volatile boolean slow;
        private volatile boolean full;
        private volatile @Nullable LedgerClosedException failure;

        @Override
        public List<CompletableFuture<AppendOutcome>> append(List<Draft> drafts, List<RidingRow> rows) {
            if (full) {
                throw new QueueFullException(Duration.ofSeconds(1));
            }
            CompletableFuture<AppendOutcome> outcome = new CompletableFuture<>();
            LedgerClosedException closed = failure;
            if (closed != null) {
                outcome.completeExceptionally(closed);
            } else if (slow) {
                pending.add(outcome);
            } else {
                outcome.complete(new AppendOutcome.Appended(RECEIPT));
            }
            return Collections.nCopies(drafts.size(), outcome);
        }
    }
}
