package io.strongroom.server.telemetry;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The values of OpenTelemetry's {@code os.type}. */
final class OsType {
    private static final String OTHER = "other";

    /** By what the names of systems begin with, or hold; the first that fits counts. */
    private static final Map<String, String> BY_PART = new LinkedHashMap<>();

    static {
        families("windows", "windows");
        families("darwin", "darwin", "macos", "mac os", "os x");
        families("freebsd", "freebsd");
        families("netbsd", "netbsd");
        families("openbsd", "openbsd");
        families("dragonflybsd", "dragonfly");
        families("solaris", "solaris", "sunos", "illumos");
        families("hpux", "hp-ux", "hpux");
        families("aix", "aix");
        families("zos", "z/os", "zos");
        families(
                "linux",
                "linux",
                "android",
                "ubuntu",
                "debian",
                "fedora",
                "centos",
                "red hat",
                "rhel",
                "suse",
                "sles",
                "rocky",
                "alpine",
                "arch",
                "amazon",
                "oracle",
                "mint",
                "gentoo",
                "nixos",
                "raspbian",
                "kali",
                "chrome os");
    }

    private OsType() {}

    private static void families(String type, String... parts) {
        for (String part : parts) {
            BY_PART.put(part, type);
        }
    }

    /** The type of a system that calls itself so; {@code other} if it is none that is known. */
    static String of(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        for (Map.Entry<String, String> each : BY_PART.entrySet()) {
            if (lower.contains(each.getKey())) {
                return each.getValue();
            }
        }
        return OTHER;
    }
}
