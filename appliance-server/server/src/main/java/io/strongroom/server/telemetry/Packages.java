package io.strongroom.server.telemetry;

import io.strongroom.api.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Lists of software packages: each becomes an object with its {@code purl}, and its {@code status} if it has one. */
final class Packages {
    private Packages() {}

    static Json normal(Json told) {
        if (!(told instanceof Json.Arr list)) {
            return new Json.Arr(List.of());
        }
        List<Json> packages = new ArrayList<>();
        for (Json item : list.items()) {
            if (item instanceof Json.Obj each) {
                String purl = purl(each);
                if (!purl.isEmpty()) {
                    packages.add(Json.object()
                            .put("purl", Texts.clean(purl))
                            .put(
                                    "status",
                                    each.members().get("status") instanceof Json.Text status
                                            ? Texts.clean(status.value())
                                            : null)
                            .build());
                }
            }
        }
        return new Json.Arr(packages);
    }

    /** The package URL that it names, or one of the type {@code generic} for its name and version; empty for neither. */
    private static String purl(Json.Obj told) {
        if (told.members().get("purl") instanceof Json.Text purl && purl.value().startsWith("pkg:")) {
            return purl.value();
        }
        return told.members().get("name") instanceof Json.Text name
                        && !name.value().isBlank()
                        && told.members().get("version") instanceof Json.Text version
                ? "pkg:generic/" + encoded(name.value().strip()) + "@"
                        + encoded(version.value().strip())
                : "";
    }

    /** Percent-encoded, as package URLs ask for. */
    private static String encoded(String text) {
        StringBuilder out = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (c < 0x80 && (Character.isLetterOrDigit(c) || ".-_~".indexOf(c) >= 0)) {
                out.append(c);
            } else {
                out.append('%').append(String.format(Locale.ROOT, "%02X", b & 0xff));
            }
        }
        return out.toString();
    }
}
