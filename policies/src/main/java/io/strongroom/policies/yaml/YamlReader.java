package io.strongroom.policies.yaml;

import io.strongroom.policies.Fault;
import io.strongroom.policies.yaml.YamlNode.Mapping;
import io.strongroom.policies.yaml.YamlNode.Member;
import io.strongroom.policies.yaml.YamlNode.Scalar;
import io.strongroom.policies.yaml.YamlNode.Sequence;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads one YAML 1.2 document from its events. Anchors, aliases, tags, duplicate keys, keys that are no text, a second
 * document, characters that nobody sees and anything beyond the limits are refused while they are read, so that nothing grows out of a small file.
 */
public final class YamlReader {
    /** Deepest nesting. */
    public static final int MAX_DEPTH = 40;

    /** Most values in a file. */
    public static final int MAX_NODES = 200_000;

    private static final Pattern WHOLE = Pattern.compile("[-+]?[0-9]+");
    private static final Pattern NUMBER = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");

    private final String file;
    private final Iterator<Event> events;
    private int nodes;

    private YamlReader(String file, Iterator<Event> events) {
        this.file = file;
        this.events = events;
    }

    /**
     * Reads a file.
     *
     * @param faults gets what is wrong with it
     * @return the document; empty if it was refused
     */
    public static Optional<YamlNode> read(String file, byte[] content, List<Fault> faults) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
        } catch (CharacterCodingException e) {
            faults.add(new Fault(file, 0, "is not UTF-8", "save it as UTF-8"));
            return Optional.empty();
        }
        int unseen = unseen(text);
        if (unseen >= 0) {
            int line = 1
                    + (int) text.substring(0, unseen)
                            .chars()
                            .filter(c -> c == '\n')
                            .count();
            faults.add(new Fault(
                    file,
                    line,
                    String.format("holds the character U+%04X, which nobody sees", text.codePointAt(unseen)),
                    "remove it, or write it in double quotes as \\u and its number"));
            return Optional.empty();
        }
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setCodePointLimit(text.length() + 1)
                .build();
        try {
            return Optional.of(
                    new YamlReader(file, new Parse(settings).parseString(text).iterator()).document());
        } catch (RefusedException e) {
            faults.add(e.fault);
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
            faults.add(new Fault(file, line, "is not YAML (" + e.getProblem() + ")", "correct the syntax"));
        } catch (YamlEngineException e) {
            faults.add(new Fault(file, 0, "is not YAML (" + firstLine(e) + ")", "correct the syntax"));
        }
        return Optional.empty();
    }

    /** Where the first character stands that does not show, or changes the order in which others do; -1 if none does. */
    private static int unseen(String text) {
        for (int at = text.startsWith("\ufeff") ? 1 : 0;
                at < text.length();
                at += Character.charCount(text.codePointAt(at))) {
            switch (Character.getType(text.codePointAt(at))) {
                case Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> {
                    return at;
                }
                default -> {}
            }
        }
        return -1;
    }

    private static String firstLine(YamlEngineException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("unreadable");
    }

    private YamlNode document() {
        expect(Event.ID.StreamStart);
        Event first = events.next();
        if (first.getEventId() != Event.ID.DocumentStart) {
            throw refused(1, "is empty", "write its content, or remove the file");
        }
        YamlNode root = node(events.next(), 1);
        expect(Event.ID.DocumentEnd);
        Event after = events.next();
        if (after.getEventId() != Event.ID.StreamEnd) {
            throw refused(line(after), "holds a second document", "keep one document in a file");
        }
        return root;
    }

    private YamlNode node(Event event, int depth) {
        int line = line(event);
        if (++nodes > MAX_NODES) {
            throw refused(line, "holds more than " + MAX_NODES + " values", "split it");
        }
        if (event.getEventId() == Event.ID.Alias) {
            throw refused(line, "uses an alias (*)", "write the value out; aliases are refused");
        }
        if (event instanceof NodeEvent named && named.getAnchor().isPresent()) {
            throw refused(line, "uses an anchor (&)", "remove it; aliases are refused");
        }
        return switch (event.getEventId()) {
            case Scalar -> new Scalar(line, value((ScalarEvent) event, line));
            case SequenceStart -> sequence(tagless(event, line), depth);
            case MappingStart -> mapping(tagless(event, line), depth);
            default -> throw refused(line, "has no value here", "correct the syntax");
        };
    }

    private int tagless(Event event, int line) {
        if (((CollectionStartEvent) event).getTag().isPresent()) {
            throw refused(line, "uses a tag (!)", "remove it; tags are refused");
        }
        return line;
    }

    private Sequence sequence(int line, int depth) {
        requireDepth(line, depth);
        List<YamlNode> items = new ArrayList<>();
        for (Event event = events.next(); event.getEventId() != Event.ID.SequenceEnd; event = events.next()) {
            items.add(node(event, depth + 1));
        }
        return new Sequence(line, items);
    }

    private Mapping mapping(int line, int depth) {
        requireDepth(line, depth);
        Map<String, Member> members = new LinkedHashMap<>();
        for (Event event = events.next(); event.getEventId() != Event.ID.MappingEnd; event = events.next()) {
            int nameLine = line(event);
            if (!(node(event, depth + 1) instanceof Scalar name) || !(event instanceof ScalarEvent scalar)) {
                throw refused(nameLine, "has a key that is no text", "use plain names as keys");
            }
            if (name.value() == null && scalar.isPlain()) {
                throw refused(nameLine, "has an empty key", "use plain names as keys");
            }
            Member member = new Member(nameLine, node(events.next(), depth + 1));
            if (members.put(scalar.getValue(), member) != null) {
                throw refused(nameLine, "has the key " + scalar.getValue() + " twice", "keep one of them");
            }
        }
        return new Mapping(line, members);
    }

    private void requireDepth(int line, int depth) {
        if (depth > MAX_DEPTH) {
            throw refused(line, "is nested deeper than " + MAX_DEPTH, "flatten it");
        }
    }

    /** Plain scalars as YAML's core schema reads them; everything in quotes or a block is text. */
    private @Nullable Object value(ScalarEvent event, int line) {
        if (event.getTag().isPresent()) {
            throw refused(line, "uses a tag (!)", "remove it; tags are refused");
        }
        String text = event.getValue();
        if (!event.isPlain()) {
            return text(text, line);
        }
        return switch (text) {
            case "", "~", "null", "Null", "NULL" -> null;
            case "true", "True", "TRUE" -> true;
            case "false", "False", "FALSE" -> false;
            default -> NUMBER.matcher(text).matches() ? number(text, line) : text(text, line);
        };
    }

    private String text(String text, int line) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                throw refused(line, "holds half a character (a lone surrogate)", "write the whole character");
            }
        }
        return text;
    }

    private Object number(String text, int line) {
        try {
            if (WHOLE.matcher(text).matches()) {
                long value = Long.parseLong(text);
                if (Math.abs(value) <= (1L << 53) - 1) {
                    return value;
                }
            } else {
                double value = Double.parseDouble(text);
                if (Math.abs(value) <= (1L << 53) - 1) {
                    return value;
                }
            }
        } catch (NumberFormatException e) {
            throw refused(line, "has the malformed number " + text, "put it in quotes if it is text");
        }
        throw refused(line, "has the number " + text + ", beyond what JSON holds exactly", "put it in quotes");
    }

    private void expect(Event.ID id) {
        Event event = events.next();
        if (event.getEventId() != id) {
            throw refused(line(event), "is not one YAML document", "correct the syntax");
        }
    }

    private static int line(Event event) {
        return event.getStartMark().map(Mark::getLine).orElse(0) + 1;
    }

    private RefusedException refused(int line, String reason, String remedy) {
        return new RefusedException(new Fault(file, line, reason, remedy));
    }

    /** Ends the reading of a file; never leaves this class. */
    private static final class RefusedException extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Fault fault;

        RefusedException(Fault fault) {
            super(fault.toString(), null, false, false);
            this.fault = fault;
        }
    }
}
