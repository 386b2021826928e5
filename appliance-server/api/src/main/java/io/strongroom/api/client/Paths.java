package io.strongroom.api.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Values as parts of an address (RFC 3986). */
final class Paths {
    private Paths() {}

    /** A value as one segment of a path, or as the name or value of a query parameter. */
    static String segment(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
