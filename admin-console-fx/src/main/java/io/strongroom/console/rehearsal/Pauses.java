package io.strongroom.console.rehearsal;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javafx.application.Platform;

/**
 * Watches how long the UI thread lets one wait: asks it for a word again and again, and where that does not come within
 * {@link #TOO_LONG_MILLIS}, looks what it is doing.
 */
public final class Pauses implements AutoCloseable {
    public static final long TOO_LONG_MILLIS = 100;

    private static final long EVERY_MILLIS = 5;
    private static final double NEARLY_ALL = 0.99;
    private static final int LONGEST_MILLIS = 10_000;

    /**
     * A pause, and what the UI thread did when it was noticed that it is too long.
     *
     * @param worked for how many of its milliseconds the UI thread had a processor
     * @param collected for how many of them all threads waited for the garbage collector
     * @param stack empty where it was not too long
     */
    public record Pause(String where, long millis, long worked, long collected, List<String> stack) {}

    /** What the UI thread and the garbage collector had taken up to a moment, in milliseconds. */
    private record Taken(long worked, long collected) {
        static Taken by(Thread ui) {
            return new Taken(
                    ManagementFactory.getThreadMXBean().getThreadCpuTime(ui.threadId()) / 1_000_000,
                    ManagementFactory.getGarbageCollectorMXBeans().stream()
                            // What runs beside all others is none of it.
                            .filter(collector -> !collector.getName().contains("Cycles"))
                            .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                            .sum());
        }
    }

    /**
     * How long one waited somewhere, in milliseconds.
     *
     * @param p99 what 99 of 100 who come at any moment do not wait longer than
     * @param worked the most that the UI thread had a processor for in one wait: what is left of it on a machine that does
     *     nothing else
     */
    public record Wait(String where, long worst, long p99, long worked) {}

    /** The waits at one place: how often one waited so many milliseconds, and the most work in one of them. */
    private static final class Waits {
        private final int[] counts = new int[LONGEST_MILLIS + 1];
        private long worked;

        void add(long millis, long work) {
            worked = Math.max(worked, work);
            // Whoever comes during a pause waits for what is left of it.
            for (long left = millis; left >= 0; left -= EVERY_MILLIS) {
                counts[(int) Math.min(left, LONGEST_MILLIS)]++;
            }
        }

        Wait told(String where) {
            return new Wait(where, within(1), within(NEARLY_ALL), worked);
        }

        /** What this share of all did not wait longer than. */
        private long within(double share) {
            long left = (long) Math.ceil(Arrays.stream(counts).asLongStream().sum() * share);
            int millis = 0;
            while (left > counts[millis]) {
                left -= counts[millis++];
            }
            return millis;
        }
    }

    private final Thread ui;
    private final Thread watch = Thread.ofPlatform().daemon().name("pauses").unstarted(this::watch);
    /** By what was on screen. */
    private final Map<String, Waits> waits = new TreeMap<>();

    private final List<Pause> tooLong = new ArrayList<>();
    private volatile String where;

    private Pauses(Thread ui, String where) {
        this.ui = ui;
        this.where = where;
    }

    /** Watches the UI thread from now on. */
    public static Pauses ofJavaFx(String where) throws InterruptedException {
        Pauses pauses = new Pauses(Hand.ui(Thread::currentThread), where);
        pauses.watch.start();
        return pauses;
    }

    /** What is on screen from now. */
    void at(String screen) {
        where = screen;
    }

    private void watch() {
        try {
            while (true) {
                String here = where;
                Taken before = Taken.by(ui);
                long asked = System.nanoTime();
                CountDownLatch heard = new CountDownLatch(1);
                Platform.runLater(heard::countDown);
                List<String> stack = List.of();
                if (!heard.await(TOO_LONG_MILLIS, TimeUnit.MILLISECONDS)) {
                    stack = Arrays.stream(ui.getStackTrace())
                            .map(StackTraceElement::toString)
                            .toList();
                    heard.await();
                }
                long millis = (System.nanoTime() - asked) / 1_000_000;
                Taken after = Taken.by(ui);
                keep(new Pause(
                        here, millis, after.worked() - before.worked(), after.collected() - before.collected(), stack));
                Thread.sleep(EVERY_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void keep(Pause pause) {
        waits.computeIfAbsent(pause.where(), none -> new Waits()).add(pause.millis(), pause.worked());
        if (pause.millis() >= TOO_LONG_MILLIS) {
            tooLong.add(pause);
        }
    }

    /** How it was so far, by what was on screen. */
    public synchronized List<Wait> waits() {
        return waits.entrySet().stream()
                .map(each -> each.getValue().told(each.getKey()))
                .toList();
    }

    /** Those that were too long, as they came. */
    public synchronized List<Pause> tooLong() {
        return List.copyOf(tooLong);
    }

    @Override
    public void close() {
        watch.interrupt();
    }
}
