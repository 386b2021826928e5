package io.strongroom.agent.collect;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * An installed package.
 *
 * @param purl its package URL
 * @param status as its system tells it, such as {@code install ok installed}
 */
record SoftwarePackage(String purl, String status) {

    /**
     * Those in dpkg's list that are there at least in part, in the list's order.
     *
     * @param distribution the {@code ID} of {@code /etc/os-release}
     */
    static List<SoftwarePackage> ofDpkg(List<String> lines, String distribution) {
        List<SoftwarePackage> found = new ArrayList<>();
        Map<String, String> fields = new HashMap<>();
        for (String line : lines) {
            int colon = line.indexOf(':');
            if (line.isBlank()) {
                add(fields, distribution, found);
                fields.clear();
            } else if (colon > 0 && !Character.isWhitespace(line.charAt(0))) {
                fields.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
        add(fields, distribution, found);
        return found;
    }

    private static void add(Map<String, String> fields, String distribution, List<SoftwarePackage> found) {
        String name = fields.get("package");
        String version = fields.get("version");
        String status = fields.getOrDefault("status", "");
        if (name == null || version == null || status.endsWith("not-installed") || status.endsWith("config-files")) {
            return;
        }
        String arch = fields.getOrDefault("architecture", "");
        found.add(new SoftwarePackage(
                "pkg:deb/" + encoded(distribution) + "/" + encoded(name) + "@" + encoded(version)
                        + (arch.isEmpty() ? "" : "?arch=" + encoded(arch)),
                status));
    }

    /**
     * Those that {@code rpm -qa} lists in the form {@code name\tepoch\tversion-release\tarch}.
     *
     * @param distribution the {@code ID} of {@code /etc/os-release}
     */
    static List<SoftwarePackage> ofRpm(List<String> lines, String distribution) {
        List<SoftwarePackage> found = new ArrayList<>();
        for (String line : lines) {
            String[] fields = line.split("\t", -1);
            if (fields.length == 4) {
                boolean hasEpoch = fields[1].matches("\\d+");
                found.add(new SoftwarePackage(
                        "pkg:rpm/" + encoded(distribution) + "/" + encoded(fields[0]) + "@" + encoded(fields[2])
                                + "?arch=" + encoded(fields[3]) + (hasEpoch ? "&epoch=" + fields[1] : ""),
                        "installed"));
            }
        }
        return found;
    }

    /** Percent-encoded as a package URL asks for. */
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
