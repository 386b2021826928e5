package io.strongroom.server.logs;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Context;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.Duration;
import ch.qos.logback.core.util.FileSize;
import java.nio.file.Path;

/**
 * A file for the log. Once it is long it becomes {@code PATH.1}, that one {@code PATH.2}, and so on; the last is thrown away.
 *
 * @param bytes how long it grows, but for one line
 * @param files how many there are at most, with the one that is written: 2 to {@value #MOST_FILES}
 */
public record LogFile(Path path, long bytes, int files) {
    /** As many as logback counts in a window. */
    public static final int MOST_FILES = 20;

    public LogFile {
        if (path.toString().contains("%")) {
            throw new IllegalArgumentException("logback takes a % in a file's name for its own");
        }
    }

    OutputStreamAppender<ILoggingEvent> appender(Context context) {
        RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
        appender.setFile(path.toString());
        SizeBasedTriggeringPolicy<ILoggingEvent> size = new SizeBasedTriggeringPolicy<>();
        size.setContext(context);
        size.setMaxFileSize(new FileSize(bytes));
        size.setCheckIncrement(Duration.buildByMilliseconds(0));
        size.start();
        FixedWindowRollingPolicy window = new FixedWindowRollingPolicy();
        window.setContext(context);
        window.setParent(appender);
        window.setFileNamePattern(path + ".%i");
        window.setMinIndex(1);
        window.setMaxIndex(files - 1);
        window.start();
        appender.setTriggeringPolicy(size);
        appender.setRollingPolicy(window);
        return appender;
    }
}
