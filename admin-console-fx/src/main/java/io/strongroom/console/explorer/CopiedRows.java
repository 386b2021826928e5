package io.strongroom.console.explorer;

import io.strongroom.evidence.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Records as other programs take them from the clipboard: as they are shown, and no more. */
final class CopiedRows {
    private static final List<String> COLUMNS = List.of(
            "occurredAt", "stream", "actor.type", "actor", "action", "resource.type", "resource", "outcome", "source");

    private CopiedRows() {}

    /** A line each, with tabs between. */
    static String text(List<RecordRow> rows) {
        return rows.stream()
                .map(row -> cells(row).stream().map(Printable::of).collect(Collectors.joining("\t")))
                .collect(Collectors.joining("\n"));
    }

    /** RFC 4180, with a first line that names the columns; nothing in it is taken for a formula. */
    static String csv(List<RecordRow> rows) {
        List<String> names = new ArrayList<>(List.of("seq", "recordId"));
        names.addAll(COLUMNS);
        StringBuilder csv = new StringBuilder(String.join(",", names)).append("\r\n");
        for (RecordRow row : rows) {
            csv.append(cells(row).stream().map(CopiedRows::quoted).collect(Collectors.joining(",")))
                    .append("\r\n");
        }
        return csv.toString();
    }

    private static List<String> cells(RecordRow row) {
        List<String> cells = new ArrayList<>(List.of(Long.toString(row.seq()), row.id()));
        for (String column : COLUMNS) {
            cells.add(row.values().getOrDefault(column, row.hidden().getOrDefault(column, "")));
        }
        return cells;
    }

    private static String quoted(String value) {
        String plain = !value.isEmpty() && "=+-@\t\r".indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
        return plain.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
                ? '"' + plain.replace("\"", "\"\"") + '"'
                : plain;
    }
}
