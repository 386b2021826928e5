package io.strongroom.lines;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Syslog lines: RFC 5424 ({@code <34>1 2026-11-21T01:02:03Z host su 12 ID47 [sd] text}), RFC 3164 ({@code <34>Nov 21 01:02:03
 * host su[12]: text}, with or without the priority), and the form that today's systems write to files ({@code
 * 2026-11-21T01:02:03.000004+00:00 host su[12]: text}).
 */
final class SyslogReader implements LineReader {
    private static final Pattern PRIORITY = Pattern.compile("<(\\d{1,3})>");
    private static final Pattern HEADER_5424 = Pattern.compile(
            "<\\d{1,3}>[1-9]\\d{0,2} (\\S+) (\\S{1,255}) (\\S{1,48}) (\\S{1,128}) (\\S{1,32}) ?(.*)", Pattern.DOTALL);
    private static final Pattern AFTER_TIME =
            Pattern.compile(" +(\\S+) +([^\\s:\\[]+(?:/[^\\s:\\[]+)*)(?:\\[([^\\]]*)\\])?:(?: (.*)|$)", Pattern.DOTALL);
    private static final Pattern HOST_AND_TEXT = Pattern.compile(" +(\\S+) +(.*)", Pattern.DOTALL);

    private final LogTime times;
    private final MessageReader messages;

    SyslogReader(LogTime times) {
        this.times = times;
        this.messages = new MessageReader();
    }

    @Override
    public Optional<LineEvent> read(String line) {
        Matcher structured = HEADER_5424.matcher(line);
        if (structured.matches()) {
            return structured(line, structured);
        }
        Matcher priority = PRIORITY.matcher(line);
        int from = priority.lookingAt() ? priority.end() : 0;
        boolean old = true;
        Optional<LogTime.Reading> time = times.syslog(line, from);
        if (time.isEmpty()) {
            old = false;
            // Only with the T: lines with a blank between date and time belong to other programs.
            time = line.length() > from + 10 && line.charAt(from + 10) == 'T'
                    ? times.iso(line, from)
                    : Optional.empty();
        }
        if (time.isEmpty()) {
            return Optional.empty();
        }
        LineEvent.Builder event = LineEvent.of(old ? "rfc3164" : "syslog-iso").time(time.get());
        if (from > 0) {
            priority(event, priority.group(1));
        }
        Matcher rest = AFTER_TIME.matcher(line).region(time.get().end(), line.length());
        if (rest.matches()) {
            String text = rest.group(4) == null ? "" : rest.group(4);
            messages.read(new SyslogMessage(rest.group(1), rest.group(2), rest.group(3), text), event);
            return Optional.of(event.build());
        }
        Matcher plain = HOST_AND_TEXT.matcher(line).region(time.get().end(), line.length());
        if (plain.matches() && old) {
            messages.read(new SyslogMessage(plain.group(1), null, null, plain.group(2)), event);
            return Optional.of(event.build());
        }
        return Optional.empty();
    }

    private Optional<LineEvent> structured(String line, Matcher m) {
        LineEvent.Builder event = LineEvent.of("rfc5424");
        Optional<LogTime.Reading> time = times.iso(m.group(1));
        if (time.isEmpty() && !m.group(1).equals("-")) {
            return Optional.empty();
        }
        time.ifPresent(event::time);
        priority(event, line.substring(1, line.indexOf('>')));
        String rest = m.group(6);
        int end = structuredDataEnd(rest);
        String data = rest.substring(0, end);
        String text = rest.substring(end).strip();
        event.detail("messageId", m.group(5)).detail("structuredData", data);
        messages.read(new SyslogMessage(m.group(2), dash(m.group(3)), dash(m.group(4)), withoutMark(text)), event);
        return Optional.of(event.build());
    }

    /** Where the structured data (RFC 5424 §6.3) ends: a dash, or elements in brackets. */
    private static int structuredDataEnd(String rest) {
        if (rest.startsWith("-")) {
            return 1;
        }
        int end = 0;
        while (end < rest.length() && rest.charAt(end) == '[') {
            end = elementEnd(rest, end);
        }
        return end;
    }

    /** After the bracket that closes the element, which is the first one outside quotes. */
    private static int elementEnd(String rest, int from) {
        boolean quoted = false;
        for (int i = from; i < rest.length(); i++) {
            char c = rest.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && c == ']') {
                return i + 1;
            }
        }
        return rest.length();
    }

    /** The text without the byte-order mark that RFC 5424 §6.4 puts before UTF-8. */
    private static String withoutMark(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static @Nullable String dash(String value) {
        return value.equals("-") ? null : value;
    }

    private static void priority(LineEvent.Builder event, String digits) {
        int value = Integer.parseInt(digits);
        if (value <= 191) {
            event.detail("facility", Integer.toString(value >> 3)).detail("severity", Integer.toString(value & 7));
        }
    }
}
