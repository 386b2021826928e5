package io.strongroom.console.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.strongroom.console.work.Answer;
import io.strongroom.console.work.Background;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RecheckingTest implements Answer<String> {
    private final ExecutorService ui = Executors.newSingleThreadExecutor();
    private final Semaphore steps = new Semaphore(0);
    private final AtomicInteger atOnce = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();
    private final AtomicInteger begun = new AtomicInteger();
    private final List<String> shown = new CopyOnWriteArrayList<>();
    private volatile String typed = "";
    private final Rechecking<String> check = new Rechecking<>(new Background(ui), this::look, this);

    @AfterEach
    void stop() {
        ui.shutdownNow();
    }

    /** Reads what is typed, and then takes as long as the test lets it. */
    private String look(Rechecking.Overtaken overtaken) throws InterruptedException {
        String read = typed;
        begun.incrementAndGet();
        mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
        try {
            steps.acquire();
            if (read.equals("bad")) {
                throw new IllegalStateException("no room");
            }
            return read;
        } finally {
            atOnce.decrementAndGet();
        }
    }

    @Override
    public void done(String result) {
        shown.add(result);
    }

    @Override
    public void failed(Exception why) {
        shown.add(String.valueOf(why.getMessage()));
    }

    private void onUi(Runnable what) {
        CountDownLatch done = new CountDownLatch(1);
        ui.execute(() -> {
            what.run();
            done.countDown();
        });
        try {
            done.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void type(String text) {
        typed = text;
        onUi(check::now);
    }

    private void awaitBegun(int runs) {
        await().until(() -> begun.get() == runs);
    }

    @Test
    void runsStandInALineAndOnlyTheNewestIsShown() {
        type("one");
        awaitBegun(1);
        for (String text : List.of("two", "three", "four")) {
            type(text);
        }
        steps.release(2);

        await().until(() -> !shown.isEmpty());
        onUi(() -> assertThat(shown).containsExactly("four"));
        assertThat(begun).hasValue(2);
        assertThat(mostAtOnce).hasValue(1);
        onUi(() -> assertThat(check.pending().get()).isFalse());
    }

    @Test
    void whatIsOvertakenIsToldSo() {
        List<Boolean> ended = new CopyOnWriteArrayList<>();
        CountDownLatch began = new CountDownLatch(1);
        Rechecking<String> endless = new Rechecking<>(
                new Background(ui),
                overtaken -> {
                    began.countDown();
                    try {
                        while (ended.isEmpty()) {
                            overtaken.check();
                            Thread.onSpinWait();
                        }
                    } finally {
                        ended.add(true);
                    }
                    return "";
                },
                this);
        onUi(endless::now);
        await().until(() -> began.getCount() == 0);

        onUi(endless::drop);

        await().until(() -> !ended.isEmpty());
        onUi(() -> assertThat(shown).isEmpty());
    }

    @Test
    void aRunThatFailsIsToldAndTheNextOneShows() {
        type("bad");
        awaitBegun(1);
        steps.release();
        await().until(() -> shown.contains("no room"));

        type("good");
        steps.release();

        await().until(() -> shown.contains("good"));
    }

    @Test
    void afterDroppingNothingIsShownUntilItIsToldAgain() {
        type("one");
        awaitBegun(1);
        onUi(check::drop);
        onUi(() -> assertThat(check.pending().get()).isFalse());
        steps.release();
        await().until(() -> atOnce.get() == 0);

        type("two");
        steps.release();

        await().until(() -> shown.contains("two"));
        onUi(() -> assertThat(shown).containsExactly("two"));
    }

    @Test
    void ofWhatIsWaitedForBeforeARunOnlyTheLastCounts() {
        typed = "typed";
        onUi(() -> check.after(progress -> {
            throw new IllegalStateException("overtaken before it began");
        }));
        onUi(() -> check.after(progress -> "written"));
        steps.release();

        await().until(() -> !shown.isEmpty());
        onUi(() -> assertThat(shown).last().isEqualTo("typed"));
        assertThat(begun).hasValue(1);
    }
}
