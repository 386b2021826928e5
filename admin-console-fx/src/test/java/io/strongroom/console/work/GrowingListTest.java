package io.strongroom.console.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GrowingListTest {
    private final BlockingQueue<Runnable> ui = new LinkedBlockingQueue<>();
    private final Background background = new Background(ui::add);
    private final List<String> read = new ArrayList<>();
    private final Deque<Integer> counts = new ArrayDeque<>();

    /** Ten a part, unless a test says how many come next; the cursor is where a part begins. */
    private GrowingList.Part<Integer> part(String cursor, int end) {
        read.add(cursor);
        int first = Integer.parseInt(cursor);
        Integer said = counts.poll();
        int count = Math.min(said == null ? 10 : said, end - first);
        int next = first + (said != null && said == 0 ? 10 : count);
        return new GrowingList.Part<>(
                IntStream.range(first, first + count).boxed().toList(), next >= end ? null : Integer.toString(next));
    }

    private GrowingList<Integer> list(int end, int kept) {
        return new GrowingList<>(background, cursor -> part(cursor == null ? "0" : cursor, end), part("0", end), kept);
    }

    /** Runs what is waiting to be run on the UI thread; waits for it first. */
    private void answer() throws InterruptedException {
        Runnable next = ui.poll(10, TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        next.run();
    }

    @Test
    void growsWhereSomebodyLooksAndNotBefore() throws InterruptedException {
        GrowingList<Integer> list = list(25, 1000);
        List<String> changes = new ArrayList<>();
        list.addListener((javafx.collections.ListChangeListener<Integer>) change -> {
            while (change.next()) {
                changes.add(change.getFrom() + "-" + change.getTo() + (change.wasAdded() ? " added" : " updated"));
            }
        });
        list.near(2);
        assertThat(list.end().get()).isEqualTo(GrowingList.End.OPEN);
        list.near(7);
        assertThat(list.end().get()).isEqualTo(GrowingList.End.READING);
        answer();
        assertThat(list).hasSize(20);
        list.near(19);
        answer();
        assertThat(list.end().get()).isEqualTo(GrowingList.End.CLOSED);
        assertThat(changes).containsExactly("10-20 added", "20-25 added");
        assertThat(list.get(24)).isEqualTo(24);
    }

    @Test
    void partsLeaveAtOneEndWhereSomebodyLooksAtTheOtherAndComeBack() throws InterruptedException {
        GrowingList<Integer> list = list(100, 30);
        List<String> held = new ArrayList<>();
        list.anchoredBy((from, to, down) -> {
            held.add(from + "-" + to + " by " + down);
            return () -> held.add("done");
        });
        for (int i = 0; i < 9; i++) {
            list.near(list.size() - 1);
            answer();
        }
        assertThat(list).hasSize(30).startsWith(70).endsWith(99);
        assertThat(list.skipped()).isEqualTo(70);
        assertThat(list.end().get()).isEqualTo(GrowingList.End.CLOSED);
        assertThat(held).hasSize(14).startsWith("10-30 by -10", "done");
        list.near(12);
        assertThat(ui).isEmpty();
        held.clear();
        list.near(2);
        answer();
        assertThat(list).hasSize(30).startsWith(60).endsWith(89);
        assertThat(list.end().get()).isEqualTo(GrowingList.End.OPEN);
        assertThat(held).containsExactly("0-20 by 10", "done");
        assertThat(read).endsWith("90", "60");
        list.near(29);
        answer();
        assertThat(list).hasSize(30).startsWith(70).endsWith(99);
        assertThat(read).endsWith("60", "90");
        assertThat(list.end().get()).isEqualTo(GrowingList.End.CLOSED);
    }

    @Test
    void whatLeavesAndComesIsTold() throws InterruptedException {
        GrowingList<Integer> list = list(50, 20);
        List<Integer> mirror = new ArrayList<>(list);
        list.addListener((javafx.collections.ListChangeListener<Integer>) change -> {
            while (change.next()) {
                change.getRemoved().forEach(gone -> mirror.remove(change.getFrom()));
                if (change.wasAdded()) {
                    mirror.addAll(change.getFrom(), List.copyOf(change.getAddedSubList()));
                }
            }
        });
        for (int i = 0; i < 4; i++) {
            list.near(list.size() - 1);
            answer();
            assertThat(mirror).isEqualTo(List.copyOf(list));
        }
        for (int i = 0; i < 3; i++) {
            list.near(0);
            answer();
            assertThat(mirror).isEqualTo(List.copyOf(list));
        }
        assertThat(list).startsWith(0);
    }

    @Test
    void fiveMillionTakeNoMoreRoomThanTwentyThousand() throws InterruptedException {
        int all = 5_000_000;
        GrowingList<Integer> list = new GrowingList<>(
                background,
                cursor -> {
                    int first = cursor == null ? 0 : Integer.parseInt(cursor);
                    int end = Math.min(all, first + 5_000);
                    return new GrowingList.Part<>(
                            IntStream.range(first, end).boxed().toList(), end == all ? null : Integer.toString(end));
                },
                new GrowingList.Part<>(IntStream.range(0, 5_000).boxed().toList(), "5000"),
                20_000);
        while (list.end().get() != GrowingList.End.CLOSED) {
            list.near(list.size() - 1);
            answer();
            assertThat(list.size()).isLessThanOrEqualTo(20_000);
        }
        assertThat(list.get(list.size() - 1)).isEqualTo(all - 1);
        assertThat(list.skipped()).isEqualTo(all - 20_000);
        while (list.skipped() > 0) {
            list.near(0);
            answer();
        }
        assertThat(list.get(0)).isZero();
        assertThat(list).hasSize(20_000);
    }

    @Test
    void aPartThatDoesNotComeBackIsAskedForAgainWhenToldTo() throws InterruptedException {
        boolean[] broken = {false};
        GrowingList<Integer> list = new GrowingList<>(
                background,
                cursor -> {
                    if (broken[0]) {
                        throw new IllegalStateException("expired");
                    }
                    return part(cursor == null ? "0" : cursor, 40);
                },
                part("0", 40),
                20);
        for (int i = 0; i < 3; i++) {
            list.near(list.size() - 1);
            answer();
        }
        broken[0] = true;
        list.near(0);
        answer();
        assertThat(list.end().get()).isEqualTo(GrowingList.End.FAILED);
        list.near(0);
        list.near(19);
        assertThat(ui).isEmpty();
        broken[0] = false;
        list.grow();
        answer();
        assertThat(list).startsWith(10);
        assertThat(list.end().get()).isEqualTo(GrowingList.End.OPEN);
        assertThat(list.problem().get()).isNull();
    }

    @Test
    void aFirstPartWithNothingInItIsSteppedOverToo() throws InterruptedException {
        GrowingList<Integer> list = new GrowingList<>(
                background, cursor -> part(String.valueOf(cursor), 20), new GrowingList.Part<>(List.of(), "10"), 1000);
        assertThat(list).isEmpty();
        list.near(0);
        answer();
        assertThat(list).hasSize(10).startsWith(10);
        assertThat(list.skipped()).isZero();
    }

    @Test
    void partsWithNothingInThemAreSteppedOver() throws InterruptedException {
        GrowingList<Integer> list = list(1000, 1000);
        counts.addAll(List.of(0, 0, 10));
        list.near(9);
        answer();
        answer();
        answer();
        assertThat(list).hasSize(20);
        counts.addAll(java.util.Collections.nCopies(25, 0));
        list.near(19);
        for (int i = 0; i < 25; i++) {
            answer();
        }
        assertThat(list.end().get()).isEqualTo(GrowingList.End.PAUSED);
        assertThat(ui).isEmpty();
    }

    @Test
    void whatDidNotComeIsAskedForOnlyWhenToldTo() throws InterruptedException {
        boolean[] broken = {true};
        GrowingList<Integer> list = new GrowingList<>(
                background,
                cursor -> {
                    if (broken[0]) {
                        throw new IllegalStateException("gone");
                    }
                    return part(String.valueOf(cursor), 20);
                },
                part("0", 20),
                1000);
        list.near(9);
        answer();
        assertThat(list.end().get()).isEqualTo(GrowingList.End.FAILED);
        assertThat(list.problem().get()).hasMessage("gone");
        list.near(9);
        assertThat(ui).isEmpty();
        broken[0] = false;
        list.grow();
        answer();
        assertThat(list).hasSize(20);
        assertThat(list.end().get()).isEqualTo(GrowingList.End.CLOSED);
    }
}
