package io.strongroom.console.system;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The appliance's counters, as Prometheus reads them.
 *
 * @param all in their order
 */
record Figures(List<Figure> all) {
    private static final String OURS = "strongroom_";

    Figures {
        all = List.copyOf(all);
    }

    /** @param name with its labels */
    record Figure(String name, double value) {}

    /** Reads the text format; lines that are none of ours, or no numbers, are passed over. */
    static Figures parse(String text) {
        List<Figure> all = new ArrayList<>();
        for (String line : text.split("\n")) {
            int space = line.lastIndexOf(' ');
            if (space > 0 && line.startsWith(OURS) && !line.contains("_bucket{")) {
                try {
                    all.add(new Figure(
                            line.substring(0, space).strip(), Double.parseDouble(line.substring(space + 1))));
                } catch (NumberFormatException e) {
                    // Prometheus writes +Inf, which is no figure to show.
                }
            }
        }
        return new Figures(all);
    }

    /** The sum over all labels; empty where there is none of that name. */
    OptionalDouble sum(String name) {
        List<Figure> found = all.stream()
                .filter(each -> each.name().equals(name) || each.name().startsWith(name + "{"))
                .toList();
        return found.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(found.stream().mapToDouble(Figure::value).sum());
    }
}
