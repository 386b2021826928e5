package io.strongroom.server.telemetry;

import io.strongroom.api.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/** Texts that any database stores: PostgreSQL takes no NUL. */
final class Texts {
    private Texts() {}

    static String clean(String text) {
        return text.indexOf('\0') < 0 ? text : text.replace('\0', ' ');
    }

    /** The value with all texts in it made clean. */
    static Json clean(Json value) {
        return switch (value) {
            case Json.Text text -> text.value().indexOf('\0') < 0 ? text : Json.of(clean(text.value()));
            case Json.Arr list ->
                new Json.Arr(list.items().stream().map(Texts::clean).toList());
            case Json.Obj object -> {
                Map<String, Json> members = new LinkedHashMap<>();
                object.members().forEach((name, member) -> members.put(clean(name), clean(member)));
                yield new Json.Obj(members);
            }
            default -> value;
        };
    }
}
