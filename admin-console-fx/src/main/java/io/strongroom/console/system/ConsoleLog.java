package io.strongroom.console.system;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** The newest warnings of this program, in memory alone. Any thread may log. */
public final class ConsoleLog extends Handler {
    private static final int MOST = 500;

    private final SimpleFormatter formatter = new SimpleFormatter();
    private final Deque<Line> lines = new ArrayDeque<>();

    /** @param text the message, and what was thrown */
    record Line(Instant at, String level, String logger, String text) {}

    public ConsoleLog() {
        setLevel(Level.WARNING);
    }

    /** Hears everything that this program logs from now on. */
    public static ConsoleLog listening() {
        ConsoleLog log = new ConsoleLog();
        Logger.getLogger("").addHandler(log);
        return log;
    }

    @Override
    public void publish(LogRecord logged) {
        if (!isLoggable(logged)) {
            return;
        }
        StringBuilder text = new StringBuilder(formatter.formatMessage(logged));
        for (Throwable at = logged.getThrown(); at != null && at != at.getCause(); at = at.getCause()) {
            text.append("\n").append(at);
        }
        Line line = new Line(
                logged.getInstant(),
                logged.getLevel().getName(),
                String.valueOf(logged.getLoggerName()),
                text.toString());
        synchronized (lines) {
            lines.addFirst(line);
            if (lines.size() > MOST) {
                lines.removeLast();
            }
        }
    }

    /** The newest first. */
    List<Line> newest() {
        synchronized (lines) {
            return new ArrayList<>(lines);
        }
    }

    @Override
    public void flush() {
        // Nothing is held back.
    }

    @Override
    public void close() {
        Logger.getLogger("").removeHandler(this);
    }
}
