package io.strongroom.console.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import javafx.collections.ListChangeListener;
import org.junit.jupiter.api.Test;

class PagedListTest {
    private static final int SIZE = 5_000_000;
    private static final int PAGE = 64;

    private final BlockingQueue<Runnable> ui = new LinkedBlockingQueue<>();
    private final List<Long> read = new ArrayList<>();
    private final List<Exception> failures = new ArrayList<>();

    private final PagedList<Long> list = new PagedList<>(
            new Background(ui::add),
            (first, count) -> {
                synchronized (read) {
                    read.add(first);
                }
                if (first == PAGE * 3L) {
                    throw new IOException("gone");
                }
                return LongStream.range(first, Math.min(SIZE, first + count))
                        .boxed()
                        .toList();
            },
            SIZE,
            PAGE,
            failures::add);

    private void runUi() throws InterruptedException {
        Runnable next = ui.poll(10, TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        next.run();
    }

    @Test
    void anItemComesWithItsPageAndTheListSaysSo() throws InterruptedException {
        List<Integer> updated = new ArrayList<>();
        list.addListener((ListChangeListener<Long>) change -> {
            while (change.next()) {
                assertThat(change.wasUpdated()).isTrue();
                updated.add(change.getFrom());
                updated.add(change.getTo());
            }
        });
        assertThat(list.get(100)).isNull();
        runUi();
        assertThat(list.get(100)).isEqualTo(100L);
        assertThat(list.get(127)).isEqualTo(127L);
        assertThat(updated).containsExactly(64, 128);
        assertThat(read).containsExactly(64L);
    }

    @Test
    void whoScrollsFarReadsWhatIsPassedOnlyOnce() throws InterruptedException {
        assertThat(list.get(0)).isNull();
        for (int i = 0; i < SIZE; i += 1_000) {
            assertThat(list.get(i)).isNull();
        }
        assertThat(list.get(SIZE - 1)).isNull();
        runUi();
        runUi();
        assertThat(list.get(SIZE - 1)).isEqualTo(SIZE - 1L);
        assertThat(read).containsExactly(0L, (SIZE - 1L) / PAGE * PAGE);
    }

    @Test
    void onlyTheNewestPagesAreKept() throws InterruptedException {
        for (int page = 4; page < 100; page++) {
            assertThat(list.get(page * PAGE)).isNull();
            runUi();
            assertThat(list.get(page * PAGE)).isEqualTo((long) page * PAGE);
        }
        assertThat(list.get(4 * PAGE)).isNull();
        assertThat(list.get(99 * PAGE)).isNotNull();
    }

    @Test
    void aPageThatDoesNotComeIsToldAndAskedForAgain() throws InterruptedException {
        assertThat(list.get(3 * PAGE)).isNull();
        runUi();
        assertThat(failures).singleElement().isInstanceOf(IOException.class);
        assertThat(list.get(3 * PAGE)).isNull();
        runUi();
        assertThat(read).containsExactly(192L, 192L);
    }

    @Test
    void afterClosingNothingArrives() throws InterruptedException {
        assertThat(list.get(0)).isNull();
        list.close();
        runUi();
        assertThat(list.get(0)).isNull();
    }
}
