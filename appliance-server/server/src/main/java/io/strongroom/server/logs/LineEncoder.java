package io.strongroom.server.logs;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.core.encoder.EncoderBase;
import io.strongroom.api.json.Json;
import io.strongroom.evidence.Rfc3339;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Writes an event as one line. Those who log say nothing personal; should a token get into a message of a library's all
 * the same, it does not get any further.
 */
public final class LineEncoder extends EncoderBase<ILoggingEvent> {
    private static final byte[] NOTHING = new byte[0];
    private static final int MAX_MESSAGE = 4_000;
    private static final int MAX_FRAMES = 24;
    private static final int MAX_CAUSES = 6;
    private static final Pattern TOKEN = Pattern.compile("srm_[A-Za-z0-9_-]+");
    private static final Pattern LINE_ENDS = Pattern.compile("\\s*\\R\\s*");

    private final LogFormat format;

    public LineEncoder(LogFormat format) {
        this.format = format;
    }

    @Override
    public byte[] headerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] footerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        String line =
                switch (format) {
                    case JSON -> json(event);
                    case TEXT -> text(event);
                };
        return (line + "\n").getBytes(UTF_8);
    }

    private static String json(ILoggingEvent event) {
        Json.Builder json = Json.object()
                .put("time", Rfc3339.format(event.getTimeStamp()))
                .put("level", event.getLevel().toString())
                .put("logger", simpleName(event.getLoggerName()))
                .put("thread", event.getThreadName())
                .put("message", clean(event.getFormattedMessage()));
        context(event).forEach(json::put);
        List<Json> causes = new ArrayList<>();
        for (IThrowableProxy each = event.getThrowableProxy();
                each != null && causes.size() < MAX_CAUSES;
                each = each.getCause()) {
            causes.add(Json.object()
                    .put("type", each.getClassName())
                    .put("message", each.getMessage() == null ? null : clean(each.getMessage()))
                    .putTexts("at", frames(each))
                    .build());
        }
        if (!causes.isEmpty()) {
            json.put("error", new Json.Arr(causes));
        }
        return json.build().toString();
    }

    private static String text(ILoggingEvent event) {
        StringBuilder text = new StringBuilder()
                .append(Rfc3339.format(event.getTimeStamp()))
                .append(String.format(java.util.Locale.ROOT, " %-5s ", event.getLevel()))
                .append(simpleName(event.getLoggerName()))
                .append(' ')
                .append(clean(event.getFormattedMessage()));
        context(event)
                .forEach((name, value) ->
                        text.append(' ').append(name).append('=').append(value));
        int causes = 0;
        for (IThrowableProxy each = event.getThrowableProxy();
                each != null && causes++ < MAX_CAUSES;
                each = each.getCause()) {
            text.append("\n  ").append(each.getClassName());
            if (each.getMessage() != null) {
                text.append(": ").append(clean(each.getMessage()));
            }
            frames(each).forEach(frame -> text.append("\n    at ").append(frame));
        }
        return text.toString();
    }

    /** In the same order each time. */
    private static Map<String, String> context(ILoggingEvent event) {
        return new TreeMap<>(event.getMDCPropertyMap());
    }

    private static List<String> frames(IThrowableProxy thrown) {
        List<String> frames = new ArrayList<>();
        StackTraceElementProxy[] all = thrown.getStackTraceElementProxyArray();
        int own = all.length - thrown.getCommonFrames();
        for (int i = 0; i < Math.min(own, MAX_FRAMES); i++) {
            frames.add(all[i].getStackTraceElement().toString());
        }
        return frames;
    }

    private static String clean(String message) {
        String whole = message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE) + "…";
        String oneLine = LINE_ENDS.matcher(whole).replaceAll(" ");
        return oneLine.contains("srm_") ? TOKEN.matcher(oneLine).replaceAll("srm_…") : oneLine;
    }

    private static String simpleName(String logger) {
        return logger.substring(logger.lastIndexOf('.') + 1);
    }
}
