package io.strongroom.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Prints rows: a table at the end for people, or an object a line as they come for programs. */
final class Report {
    private final PrintStream out;
    private final boolean json;
    private final List<Row> rows = new ArrayList<>();

    Report(PrintStream out, boolean json) {
        this.out = out;
        this.json = json;
    }

    void add(Row row) {
        rows.add(row);
        if (json) {
            out.println(asJson(row));
        }
    }

    /** Says what goes on meanwhile; never on the stream that carries JSON. */
    void say(String sentence) {
        (json ? System.err : out).println("  " + sentence);
    }

    void finish() {
        if (json) {
            return;
        }
        out.printf("%n%-24s %14s %-10s %14s %7s  %s%n", "", "Strongroom", "", "peer", "ratio", "");
        for (Row row : rows) {
            out.printf(
                    Locale.ROOT,
                    "%-24s %14s %-10s %14s %7s  %s%n",
                    row.name(),
                    number(row.value()),
                    row.unit(),
                    row.peerValue() == null ? "" : number(row.peerValue()),
                    row.ratio() == null ? "" : String.format(Locale.ROOT, "%.2f", row.ratio()),
                    row.peer() == null ? "" : row.peer());
        }
    }

    static String asJson(Row row) {
        return "{\"name\":\"" + row.name() + "\",\"value\":" + plain(row.value()) + ",\"unit\":\"" + row.unit()
                + "\",\"peer\":" + (row.peer() == null ? "null" : "\"" + row.peer() + "\"")
                + ",\"peerValue\":" + plain(row.peerValue())
                + ",\"ratio\":" + plain(row.ratio()) + "}";
    }

    private static String plain(@Nullable Double value) {
        return value == null ? "null" : String.format(Locale.ROOT, "%.3f", value);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, Math.abs(value) >= 100 ? "%,.0f" : "%.2f", value);
    }
}
