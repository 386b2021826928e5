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
    void keepsWhatWasLookedAtLastAndReadsTheRestAgain() throws InterruptedException {
        GrowingList<Integer> list = list(100, 30);
        for (int size = 10; size < 100; size += 10) {
            list.near(size - 1);
            answer();
        }
        assertThat(list).hasSize(100);
        assertThat(list.get(95)).isEqualTo(95);
        assertThat(list.get(33)).isNull();
        answer();
        assertThat(list.get(33)).isEqualTo(33);
        assertThat(read).endsWith("90", "30");
        assertThat(list.get(95)).isEqualTo(95);
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
