package io.strongroom.console.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LatestTest {
    /** Stands for the UI thread: this test's own thread runs what comes. */
    private final BlockingQueue<Runnable> ui = new LinkedBlockingQueue<>();

    private final Latest latest = new Background(ui::add).latest();
    private final List<String> shown = new ArrayList<>();

    private final Answer<String> answer = new Answer<>() {
        @Override
        public void done(String result) {
            shown.add(result);
        }

        @Override
        public void failed(Exception why) {
            shown.add("failed: " + why.getMessage());
        }

        @Override
        public void progressed(double part) {
            shown.add("at " + part);
        }
    };

    private void runUi() throws InterruptedException {
        Runnable next = ui.poll(10, TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        next.run();
    }

    @Test
    void anAnswerComes() throws InterruptedException {
        latest.start(progress -> "here", answer);
        runUi();
        assertThat(shown).containsExactly("here");
    }

    @Test
    void aFailureComes() throws InterruptedException {
        latest.start(
                progress -> {
                    throw new IllegalStateException("no disk");
                },
                answer);
        runUi();
        assertThat(shown).containsExactly("failed: no disk");
    }

    @Test
    void evenAnErrorIsTold() throws InterruptedException {
        latest.start(
                progress -> {
                    throw new OutOfMemoryError("no room");
                },
                answer);
        runUi();
        assertThat(shown).containsExactly("failed: java.lang.OutOfMemoryError: no room");
    }

    @Test
    void aLateAnswerNeverShows() throws InterruptedException {
        CountDownLatch answered = new CountDownLatch(1);
        latest.start(
                progress -> {
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        answered.countDown();
                    }
                    return "old";
                },
                answer);
        latest.start(progress -> "new", answer);
        answered.await();
        await().until(() -> ui.size() == 2);
        runUi();
        runUi();
        assertThat(shown).containsExactly("new");
    }

    @Test
    void afterCancellingNothingIsHeard() throws InterruptedException {
        latest.start(progress -> "too late", answer);
        latest.cancel();
        runUi();
        assertThat(shown).isEmpty();
    }

    @Test
    void ofMuchProgressTheNewestShows() throws InterruptedException {
        CountDownLatch told = new CountDownLatch(1);
        latest.start(
                progress -> {
                    for (int i = 1; i <= 1_000; i++) {
                        progress.accept(i / 1_000.0);
                    }
                    told.countDown();
                    return "done";
                },
                answer);
        told.await();
        await().until(() -> ui.size() == 2);
        runUi();
        runUi();
        assertThat(shown).containsExactly("at 1.0", "done");
    }
}
