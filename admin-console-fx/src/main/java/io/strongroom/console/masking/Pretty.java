package io.strongroom.console.masking;

import io.strongroom.api.json.Json;
import java.util.Map;

/** Writes JSON so that people can read it: a member a line. */
final class Pretty {
    private Pretty() {}

    static String of(Json json) {
        StringBuilder out = new StringBuilder();
        write(json, "", out);
        return out.append('\n').toString();
    }

    private static void write(Json json, String margin, StringBuilder out) {
        if (json instanceof Json.Obj object && !object.members().isEmpty()) {
            String inner = margin + "  ";
            String before = "{\n";
            for (Map.Entry<String, Json> member : object.members().entrySet()) {
                out.append(before)
                        .append(inner)
                        .append(new Json.Text(member.getKey()))
                        .append(": ");
                write(member.getValue(), inner, out);
                before = ",\n";
            }
            out.append('\n').append(margin).append('}');
        } else {
            out.append(json);
        }
    }
}
