package io.strongroom.console.shell;

import io.strongroom.console.desk.Kept;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ComboBox;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;

/**
 * How an officer arranged the screens: where panes are divided, which columns are how wide, in which order and what they are
 * sorted by, and the filters that say so ({@code userData="kept"} in fxml). It is all found by looking through a screen's
 * view, so that no screen has to do anything for it.
 */
final class Arrangement {
    /** What a filter says whose choice is to be remembered. */
    static final String KEPT = "kept";

    private static final String BEGINNING = "arranged.";
    private static final double NARROWEST = 24;

    private final Kept kept;
    private final Map<String, Part> parts = new LinkedHashMap<>();
    private final Set<String> restored = new HashSet<>();

    Arrangement(Kept kept) {
        this.kept = kept;
    }

    /** Something that is arranged. */
    private interface Part {
        String state();

        /** What is not understood, such as of an earlier version with other columns, is left as it is. */
        void arrange(String state);
    }

    /** Arranges a screen, when it is first shown, as it was when the officer last left it. */
    void restore(String screen, Parent view) {
        if (!restored.add(screen)) {
            return;
        }
        Map<String, Integer> counts = new HashMap<>();
        for (Node node : Inside.of(view)) {
            Optional<Part> part = part(node);
            if (part.isPresent()) {
                String name = node.getId() == null ? node.getTypeSelector() : node.getId();
                int count = counts.merge(name, 1, Integer::sum);
                String key = BEGINNING + screen + "." + name + (count == 1 ? "" : "." + count);
                kept.get(key).ifPresent(part.get()::arrange);
                parts.put(key, part.get());
            }
        }
    }

    /** Remembers how all screens that were shown are arranged now. */
    void remember() {
        parts.forEach((key, part) -> kept.put(key, part.state()));
    }

    // --- What there is

    private static Optional<Part> part(Node node) {
        if (node instanceof SplitPane split) {
            return Optional.of(new Dividers(split));
        }
        if (node instanceof TableView<?> table) {
            return Optional.of(new TableColumns<>(table));
        }
        return node instanceof ComboBox<?> filter && KEPT.equals(filter.getUserData())
                ? Optional.of(new Filter<>(filter))
                : Optional.empty();
    }

    // --- How it is arranged

    private record Dividers(SplitPane split) implements Part {
        @Override
        public String state() {
            return Arrays.stream(split.getDividerPositions())
                    .mapToObj(each -> String.valueOf(Math.round(each * 1_000) / 1_000.0))
                    .collect(Collectors.joining(" "));
        }

        @Override
        public void arrange(String state) {
            double[] positions = numbers(state);
            if (positions.length == split.getDividerPositions().length) {
                split.setDividerPositions(positions);
            }
        }
    }

    /** Columns are named by where they stood at first: their titles differ by language, and not all have an id. */
    private record TableColumns<T>(TableView<T> table, List<TableColumn<T, ?>> atFirst) implements Part {
        TableColumns(TableView<T> table) {
            this(table, List.copyOf(table.getColumns()));
        }

        /** The columns from the left with their widths, and what is sorted by: {@code 1 0 2|80 120 64|1 -2}. */
        @Override
        public String state() {
            String order = table.getColumns().stream()
                    .map(column -> String.valueOf(atFirst.indexOf(column)))
                    .collect(Collectors.joining(" "));
            String widths = table.getColumns().stream()
                    .map(column -> String.valueOf(Math.round(column.getWidth())))
                    .collect(Collectors.joining(" "));
            String sorted = table.getSortOrder().stream()
                    .map(column -> (column.getSortType() == TableColumn.SortType.DESCENDING ? "-" : "")
                            + (atFirst.indexOf(column) + 1))
                    .collect(Collectors.joining(" "));
            return order + "|" + widths + "|" + sorted;
        }

        @Override
        public void arrange(String state) {
            String[] all = state.split("\\|", -1);
            if (all.length != 3) {
                return;
            }
            double[] order = numbers(all[0]);
            double[] widths = numbers(all[1]);
            boolean same = order.length == atFirst.size()
                    && widths.length == order.length
                    && Arrays.stream(order).distinct().count() == order.length
                    && Arrays.stream(order).allMatch(this::isColumn);
            if (!same) {
                return;
            }
            List<TableColumn<T, ?>> columns = new ArrayList<>();
            for (int i = 0; i < order.length; i++) {
                TableColumn<T, ?> column = atFirst.get((int) order[i]);
                column.setPrefWidth(Math.max(NARROWEST, widths[i]));
                columns.add(column);
            }
            table.getColumns().setAll(columns);
            for (double each : numbers(all[2])) {
                if (isColumn(Math.abs(each) - 1)) {
                    TableColumn<T, ?> column = atFirst.get((int) Math.abs(each) - 1);
                    column.setSortType(each < 0 ? TableColumn.SortType.DESCENDING : TableColumn.SortType.ASCENDING);
                    table.getSortOrder().add(column);
                }
            }
        }

        private boolean isColumn(double number) {
            return number >= 0 && number < atFirst.size() && number == Math.rint(number);
        }
    }

    private record Filter<T>(ComboBox<T> filter) implements Part {
        @Override
        public String state() {
            return String.valueOf(filter.getValue());
        }

        @Override
        public void arrange(String state) {
            for (T each : filter.getItems()) {
                if (String.valueOf(each).equals(state)) {
                    filter.setValue(each);
                }
            }
        }
    }

    /** Those of the text; none where it holds anything else. */
    private static double[] numbers(String text) {
        try {
            return Arrays.stream(text.isBlank() ? new String[0] : text.split(" "))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
        } catch (NumberFormatException e) {
            return new double[0];
        }
    }
}
