package io.strongroom.console;

import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javafx.application.Platform;

/** Measures how long the UI thread answers nothing, and looks what it does meanwhile. */
public final class Watchdog implements AutoCloseable {
    /** As long as nobody notices. */
    public static final int PAUSE_MILLIS = 100;

    private static final int EVERY_MILLIS = 5;
    private static final int FRAMES = 40;

    private final Thread ui;
    private final Thread watching;
    private volatile long longestMillis;
    private volatile int pauses;
    private volatile String during = "";

    private Watchdog(Thread ui) {
        this.ui = ui;
        this.watching = Thread.ofPlatform().name("watchdog").daemon().start(this::watch);
    }

    /** Watches the UI thread of JavaFX from now on. */
    public static Watchdog ofJavaFx() {
        Thread[] found = new Thread[1];
        CountDownLatch there = new CountDownLatch(1);
        Platform.runLater(() -> {
            found[0] = Thread.currentThread();
            there.countDown();
        });
        try {
            there.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return new Watchdog(found[0]);
    }

    private void watch() {
        try {
            while (true) {
                long asked = System.nanoTime();
                CountDownLatch heard = new CountDownLatch(1);
                Platform.runLater(heard::countDown);
                String seen = "";
                while (!heard.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                    if (seen.isEmpty()) {
                        seen = stack();
                    }
                }
                long millis = (System.nanoTime() - asked) / 1_000_000;
                pauses += millis > PAUSE_MILLIS ? 1 : 0;
                if (millis > longestMillis) {
                    longestMillis = millis;
                    during = seen;
                }
                Thread.sleep(EVERY_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String stack() {
        return Arrays.stream(ui.getStackTrace())
                .limit(FRAMES)
                .map(frame -> "    at " + frame + "\n")
                .collect(Collectors.joining());
    }

    public long longestMillis() {
        return longestMillis;
    }

    /** The longest pause, and where the UI thread was in it if it was too long. */
    public String told(String what) {
        return what + ": the longest pause of the UI thread was " + longestMillis + " ms, " + pauses + " were over "
                + PAUSE_MILLIS + " ms\n" + during;
    }

    @Override
    public void close() {
        watching.interrupt();
    }
}
