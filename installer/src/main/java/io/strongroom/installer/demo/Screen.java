package io.strongroom.installer.demo;

import java.io.PrintStream;
import java.util.Locale;

/** Tells a person what is going on: a line for each step, and between them one line that moves, on a terminal. */
public final class Screen {
    private static final long REFRESH_NANOS = 100_000_000;

    private final PrintStream out;
    private final boolean terminal;

    private long lastMove;
    private int moving;

    /**
     * @param out where to
     * @param terminal whether a line can be written over
     */
    public Screen(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** A line that stays. */
    public void say(String line) {
        clear();
        out.println(line);
    }

    /** A step that begins. */
    public void step(String what) {
        say("• " + what);
    }

    /** What a step came to. */
    public void result(String what) {
        say("  " + what);
    }

    /** How far it is; shown on a terminal only, and not more often than can be read. */
    public void moving(String line) {
        long now = System.nanoTime();
        if (terminal && now - lastMove > REFRESH_NANOS) {
            lastMove = now;
            clear();
            String shown = "  " + line;
            out.print(shown);
            out.flush();
            moving = shown.length();
        }
    }

    private void clear() {
        if (moving > 0) {
            out.print("\r" + " ".repeat(moving) + "\r");
            moving = 0;
        }
    }

    /** A count for people: {@code 12,345}. */
    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** A size for people: {@code 1.4 MiB}. */
    static String bytes(long size) {
        if (size < 1024) {
            return size + " bytes";
        }
        return size < 1024 * 1024
                ? String.format(Locale.ROOT, "%.1f KiB", size / 1024.0)
                : String.format(Locale.ROOT, "%.1f MiB", size / 1048576.0);
    }
}
