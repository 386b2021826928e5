package io.strongroom.evidence;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The name of a log (C2SP tlog-checkpoint): the first line of its checkpoints and the name of its keys. Not
 * empty, at most 200 bytes of UTF-8, without white space, control characters or a plus sign.
 *
 * @param value the name
 */
public record Origin(String value) {
    /** Longest origin, in bytes of UTF-8. */
    public static final int MAX_BYTES = 200;

    private static final int INSTALLATION_HEX = 8;

    /**
     * @throws IllegalArgumentException if the name breaks the rule
     */
    public Origin {
        if (value.isEmpty() || value.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw new IllegalArgumentException("an origin has 1 to 200 bytes: " + NameRule.shown(value));
        }
        if (value.codePoints()
                .anyMatch(c -> c == '+'
                        || Character.isWhitespace(c)
                        || Character.isSpaceChar(c)
                        || Character.isISOControl(c)
                        || c >= 0xd800 && c <= 0xdfff)) {
            throw new IllegalArgumentException(
                    "an origin has no white space, control character or plus sign: " + NameRule.shown(value));
        }
    }

    /**
     * The origin of an appliance: {@code <fqdn>/<tenant>/<first 8 hex of the installation id>}, all in lower case.
     *
     * @param installationHex the installation id in hex, at least 8 digits
     * @throws IllegalArgumentException if a part is malformed or the whole is longer than 200 bytes
     */
    public static Origin of(String fqdn, TenantId tenant, String installationHex) {
        String host = fqdn.toLowerCase(Locale.ROOT);
        if (!host.matches("[a-z0-9]([a-z0-9.-]*[a-z0-9])?")) {
            throw new IllegalArgumentException("not a host name: " + NameRule.shown(fqdn));
        }
        if (!installationHex.matches("[0-9a-f]{8,}")) {
            throw new IllegalArgumentException("an installation id has at least 8 lower-case hex digits");
        }
        return new Origin(host + "/" + tenant.key() + "/" + installationHex.substring(0, INSTALLATION_HEX));
    }

    @Override
    public String toString() {
        return value;
    }
}
