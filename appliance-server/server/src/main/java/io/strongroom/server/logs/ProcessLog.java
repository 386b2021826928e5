package io.strongroom.server.logs;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.slf4j.LoggerFactory;

/**
 * Sets logging up in code, which takes a tenth of the time that reading a configuration takes. Found by logback as a
 * service. Tests bring a {@code logback-test.xml}, which then holds.
 */
public final class ProcessLog extends ContextAwareBase implements Configurator {
    private static final Set<String> LEVELS = Set.of("error", "warn", "info", "debug");
    private static final String TESTS = "logback-test.xml";

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        if (ProcessLog.class.getClassLoader().getResource(TESTS) != null) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        var unused = write(context, LogFormat.automatic(), Level.INFO, standardError());
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /** The level of that name: error, warn, info or debug. */
    public static Optional<Level> level(String name) {
        return LEVELS.contains(name) ? Optional.of(Level.toLevel(name)) : Optional.empty();
    }

    /**
     * Sets it once the settings are known.
     *
     * @param file where it goes; empty for standard error
     * @throws IOException if that file cannot be written; then it goes on where it went
     */
    public static void set(LogFormat format, Level level, Optional<LogFile> file) throws IOException {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            set(context, format, level, file);
        }
    }

    static void set(LoggerContext context, LogFormat format, Level level, Optional<LogFile> file) throws IOException {
        boolean written = write(
                context, format, level, file.map(each -> each.appender(context)).orElseGet(ProcessLog::standardError));
        if (!written) {
            throw new IOException(
                    "the log cannot be written to " + file.map(LogFile::path).orElse(null));
        }
    }

    private static OutputStreamAppender<ILoggingEvent> standardError() {
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setTarget("System.err");
        return appender;
    }

    /** False if it does not open. */
    private static boolean write(
            LoggerContext context, LogFormat format, Level level, OutputStreamAppender<ILoggingEvent> appender) {
        LineEncoder encoder = new LineEncoder(format);
        encoder.setContext(context);
        encoder.start();
        appender.setContext(context);
        appender.setName("log");
        appender.setEncoder(encoder);
        appender.start();
        if (!appender.isStarted()) {
            return false;
        }
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.detachAndStopAllAppenders();
        root.addAppender(appender);
        root.setLevel(level);
        // Migrations run out of order on purpose: each slice has numbers of its own.
        context.getLogger("org.flywaydb").setLevel(Level.ERROR);
        context.getLogger("com.zaxxer.hikari").setLevel(Level.WARN);
        // Tells of each handshake that fails, with a stack trace: anybody could fill the log.
        context.getLogger("io.netty.handler.ssl.ApplicationProtocolNegotiationHandler")
                .setLevel(Level.ERROR);
        // The same of each HTTP/2 connection that a client resets.
        context.getLogger("io.netty.channel.DefaultChannelPipeline").setLevel(Level.ERROR);
        // It names clients and topics; what of it matters is counted.
        context.getLogger("io.moquette").setLevel(Level.ERROR);
        return true;
    }
}
