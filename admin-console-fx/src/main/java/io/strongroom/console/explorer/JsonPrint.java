package io.strongroom.console.explorer;

import io.strongroom.api.json.Json;
import java.util.Map;

/** JSON as one reads it: a member a line. */
final class JsonPrint {
    private static final String STEP = "  ";

    private final StringBuilder out = new StringBuilder();

    private JsonPrint() {}

    static String of(Json value) {
        JsonPrint print = new JsonPrint();
        print.write(value, "\n");
        return print.out.toString();
    }

    private void write(Json value, String line) {
        if (value instanceof Json.Obj object && !object.members().isEmpty()) {
            String before = "{";
            for (Map.Entry<String, Json> member : object.members().entrySet()) {
                out.append(before)
                        .append(line)
                        .append(STEP)
                        .append(Json.of(member.getKey()))
                        .append(": ");
                write(member.getValue(), line + STEP);
                before = ",";
            }
            out.append(line).append('}');
        } else if (value instanceof Json.Arr array && !array.items().isEmpty()) {
            String before = "[";
            for (Json item : array.items()) {
                out.append(before).append(line).append(STEP);
                write(item, line + STEP);
                before = ",";
            }
            out.append(line).append(']');
        } else {
            out.append(Json.write(value));
        }
    }
}
