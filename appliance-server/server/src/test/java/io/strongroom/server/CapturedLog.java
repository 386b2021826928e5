package io.strongroom.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.strongroom.server.logs.LineEncoder;
import io.strongroom.server.logs.LogFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** The process log as it would be written, in full detail, from its opening to its closing. */
public final class CapturedLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Logger own = (Logger) LoggerFactory.getLogger("io.strongroom");
    private final LineEncoder encoder = new LineEncoder(LogFormat.JSON);
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Level before = root.getLevel();

    public CapturedLog() {
        root.setLevel(Level.INFO);
        own.setLevel(Level.DEBUG);
        setContext(root.getLoggerContext());
        start();
        root.addAppender(this);
    }

    @Override
    protected void append(ILoggingEvent event) {
        lines.add(new String(encoder.encode(event), UTF_8));
    }

    public List<String> lines() {
        return lines;
    }

    @Override
    public void close() {
        root.detachAppender(this);
        stop();
        root.setLevel(before);
        own.setLevel(null);
    }
}
