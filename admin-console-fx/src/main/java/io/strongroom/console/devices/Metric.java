package io.strongroom.console.devices;

import io.strongroom.console.text.Texts;
import java.util.List;
import java.util.Locale;
import java.util.MissingResourceException;

/** What a measure is called, and how its values are written. */
final class Metric {
    /** Those that matter most come first; everything else after them, by name. */
    private static final List<String> FIRST = List.of(
            "system.cpu.utilization",
            "system.memory.utilization",
            "system.filesystem.utilization",
            "network.latency",
            "process.crashes",
            "agent.queue.depth");

    private Metric() {}

    /** The name without its part: of {@code a.b[/var]}, {@code a.b}. */
    static String family(String metric) {
        int part = metric.indexOf('[');
        return part < 0 ? metric : metric.substring(0, part);
    }

    /** The lower, the sooner it is shown. */
    static int rank(String metric) {
        int place = FIRST.indexOf(family(metric));
        return place < 0 ? FIRST.size() : place;
    }

    static String name(String metric, Texts texts) {
        String family = family(metric);
        String part = metric.substring(family.length());
        try {
            return part.isEmpty()
                    ? texts.bundle().getString("devices.metric." + family)
                    : texts.bundle().getString("devices.metric." + family) + " " + part.substring(1, part.length() - 1);
        } catch (MissingResourceException e) {
            return metric;
        }
    }

    /** Whether it is a part of a whole. */
    static boolean isRatio(String metric) {
        return family(metric).endsWith(".utilization");
    }

    static String value(String metric, double value, Locale locale) {
        if (isRatio(metric)) {
            return String.format(locale, "%.0f %%", value * 100);
        }
        if (family(metric).equals("network.latency")) {
            return String.format(locale, "%.0f ms", value * 1_000);
        }
        double size = Math.abs(value);
        if (size >= 1e9) {
            return String.format(locale, "%.1f G", value / 1e9);
        }
        if (size >= 1e6) {
            return String.format(locale, "%.1f M", value / 1e6);
        }
        return value == Math.rint(value)
                ? String.format(locale, "%,d", (long) value)
                : String.format(locale, size < 10 ? "%.2f" : "%.1f", value);
    }
}
