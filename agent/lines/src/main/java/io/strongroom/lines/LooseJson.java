package io.strongroom.lines;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.strongroom.api.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads other people's JSON: where the ledger's own reader refuses (members that come twice, integers of 64 bits), this
 * one takes what is meant. The original stands in the record beside it anyway.
 */
final class LooseJson {
    private static final JsonFactory FACTORY = new JsonFactory();

    private LooseJson() {}

    /** The object that the text is, if it is exactly one. */
    static Optional<Json.Obj> object(String text) {
        return value(text) instanceof Json.Obj object ? Optional.of(object) : Optional.empty();
    }

    /** The value that the text is; null if it is not exactly one JSON value. */
    static @Nullable Json value(String text) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            if (parser.nextToken() == null) {
                return null;
            }
            Json value = value(parser);
            return parser.nextToken() == null ? value : null;
        } catch (IOException e) {
            // Not JSON: that is the answer, and the line is kept as it is.
            return null;
        }
    }

    private static Json value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> Json.of(parser.getText());
            case VALUE_TRUE -> Json.of(true);
            case VALUE_FALSE -> Json.of(false);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Json.Num(parser.getText());
            default -> Json.Null.NULL;
        };
    }

    private static Json object(JsonParser parser) throws IOException {
        Map<String, Json> members = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            members.put(name, value(parser));
        }
        return new Json.Obj(members);
    }

    private static Json array(JsonParser parser) throws IOException {
        List<Json> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(parser));
        }
        return new Json.Arr(items);
    }

    /**
     * The first of the paths that leads to a text, a number or a truth value, as text. A path's steps are separated by
     * slashes.
     */
    static @Nullable String scalar(Json.Obj object, String... paths) {
        for (String path : paths) {
            Json value = object;
            for (String step : path.split("/")) {
                value = value instanceof Json.Obj inner ? inner.members().get(step) : null;
            }
            String text = scalar(value);
            if (text != null && !text.isBlank()) {
                return text;
            }
        }
        return null;
    }

    private static @Nullable String scalar(@Nullable Json value) {
        return switch (value) {
            case null -> null;
            case Json.Text text -> text.value();
            case Json.Num number -> number.literal();
            case Json.Bool bool -> Boolean.toString(bool.value());
            default -> null;
        };
    }
}
