package io.strongroom.lines;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A file that is not JSON lines but JSON: an array of events, an object whose only member is such an array (CloudTrail's
 * {@code {"Records":[…]}}), or objects spread over many lines. Each event's own bytes are cut out as they stand.
 */
final class JsonDocuments {
    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonDocuments() {}

    /** Whether the file must be read as a whole: its first line is JSON's beginning, but no event by itself. */
    static boolean isDocument(byte[] firstLine) {
        String text = LineText.of(firstLine).text().strip();
        if (!text.startsWith("{") && !text.startsWith("[")) {
            return false;
        }
        // A syslog-like line may begin with a bracket too; reading the whole then fails, and lines are read.
        return LooseJson.object(text).isEmpty()
                || events(firstLine).filter(all -> all.size() != 1).isPresent();
    }

    /** The events' bytes; empty if the whole is not JSON. */
    static Optional<List<byte[]>> events(byte[] whole) {
        List<byte[]> events = new ArrayList<>();
        try (JsonParser parser = FACTORY.createParser(whole)) {
            while (parser.nextToken() != null) {
                switch (parser.currentToken()) {
                    case START_ARRAY -> items(whole, parser, events);
                    case START_OBJECT -> object(whole, parser, events);
                    default -> {
                        return Optional.empty();
                    }
                }
            }
        } catch (IOException e) {
            // Not JSON as a whole: that is the answer, and the file is read by lines.
            return Optional.empty();
        }
        return Optional.of(events);
    }

    private static void items(byte[] whole, JsonParser parser, List<byte[]> events) throws IOException {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            int from = begin(parser);
            parser.skipChildren();
            events.add(Arrays.copyOfRange(whole, from, end(parser)));
        }
    }

    private static void object(byte[] whole, JsonParser parser, List<byte[]> events) throws IOException {
        int from = begin(parser);
        int members = 0;
        List<byte[]> items = new ArrayList<>();
        boolean array = false;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            members++;
            array = parser.nextToken() == JsonToken.START_ARRAY;
            if (array && members == 1) {
                items(whole, parser, items);
            } else {
                parser.skipChildren();
            }
        }
        boolean wrapper = members == 1 && array && !items.isEmpty() && items.getFirst()[0] == '{';
        if (wrapper) {
            events.addAll(items);
        } else {
            events.add(Arrays.copyOfRange(whole, from, end(parser)));
        }
    }

    private static int begin(JsonParser parser) {
        return (int) parser.currentTokenLocation().getByteOffset();
    }

    private static int end(JsonParser parser) throws IOException {
        // A scalar's end is known only once it has been read to its end.
        parser.finishToken();
        return (int) parser.currentLocation().getByteOffset();
    }
}
