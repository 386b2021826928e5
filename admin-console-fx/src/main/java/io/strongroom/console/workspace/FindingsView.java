package io.strongroom.console.workspace;

import io.strongroom.console.look.Fxml;
import io.strongroom.console.look.Sign;
import io.strongroom.console.text.Texts;
import io.strongroom.evidence.Printable;
import io.strongroom.policies.Fault;
import io.strongroom.policies.check.TestReport;
import io.strongroom.policies.diff.Change;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import javafx.fxml.FXML;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.Tab;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** What is known of a draft: what is wrong with it, how its tests went, and what it decides otherwise. */
final class FindingsView {
    private static final double PLACE = 190;

    /** Goes to a line of a file. */
    @FunctionalInterface
    interface Way {
        void to(String file, int line);
    }

    private final Texts texts;
    private final Way way;
    private final Parent root;

    @FXML
    private Tab faultsTab;

    @FXML
    private Tab testsTab;

    @FXML
    private Tab changesTab;

    @FXML
    private ListView<Fault> faults;

    @FXML
    private ListView<TestReport.Case> tests;

    @FXML
    private ListView<Change> changes;

    @SuppressWarnings("NullAway.Init") // what the fxml fills in
    FindingsView(Texts texts, Way way) {
        this.texts = texts;
        this.way = way;
        this.root = Fxml.load(this, texts);
    }

    Parent root() {
        return root;
    }

    @FXML
    private void initialize() {
        faults.setCellFactory(list -> cell(this::faulty));
        tests.setCellFactory(list -> cell(this::tested));
        changes.setCellFactory(list -> cell(this::changed));
        leads(faults, fault -> way.to(fault.file(), fault.line()));
        leads(tests, test -> way.to(test.file(), test.line()));
        faults.setPlaceholder(muted("workspace.faults.none"));
        tests.setPlaceholder(muted("workspace.tests.none"));
        changes.setPlaceholder(muted("workspace.changes.none"));
    }

    private static <T> void leads(ListView<T> list, Consumer<T> there) {
        Runnable go = () -> {
            T chosen = list.getSelectionModel().getSelectedItem();
            if (chosen != null) {
                there.accept(chosen);
            }
        };
        list.setOnMouseClicked(clicked -> go.run());
        list.setOnKeyPressed(pressed -> {
            if (pressed.getCode() == KeyCode.ENTER) {
                go.run();
            }
        });
    }

    private Label muted(String key) {
        Label label = new Label(texts.get(key));
        label.getStyleClass().add("text-muted");
        return label;
    }

    /** Shows it; nothing where nothing is known. */
    void show(@Nullable Checked known) {
        List<Fault> found = known == null ? List.of() : known.faults();
        List<TestReport.Case> cases = known == null || known.tests() == null
                ? List.of()
                : known.tests().cases();
        faults.getItems().setAll(found);
        tests.getItems()
                .setAll(cases.stream()
                        .sorted(Comparator.comparing(TestReport.Case::passed))
                        .toList());
        changes.getItems().setAll(known == null ? List.of() : known.changes());
        long failed = cases.stream().filter(test -> !test.passed()).count();
        faultsTab.setText(texts.get("workspace.tab.faults", found.size()));
        testsTab.setText(
                failed > 0
                        ? texts.get("workspace.tab.tests.failed", failed, cases.size())
                        : texts.get("workspace.tab.tests", cases.size()));
        changesTab.setText(texts.get("workspace.tab.changes", changes.getItems().size()));
        faultsTab.setGraphic(found.isEmpty() ? null : Sign.FAILS.icon());
        testsTab.setGraphic(cases.isEmpty() ? null : (failed > 0 ? Sign.FAILS : Sign.HOLDS).icon());
    }

    /** Goes from one thing that is wrong to the next. */
    void next() {
        if (!faults.getItems().isEmpty()) {
            int at = (faults.getSelectionModel().getSelectedIndex() + 1)
                    % faults.getItems().size();
            faults.getSelectionModel().select(at);
            Fault fault = faults.getItems().get(at);
            way.to(fault.file(), fault.line());
        }
    }

    // --- Rows

    private static <T> ListCell<T> cell(Function<T, Node> draw) {
        return new ListCell<>() {
            @Override
            protected void updateItem(@Nullable T item, boolean empty) {
                super.updateItem(item, empty);
                setGraphic(empty || item == null ? null : draw.apply(item));
            }
        };
    }

    private Node faulty(Fault fault) {
        String place = fault.line() == 0
                ? fault.file()
                : texts.get("workspace.place", fault.file(), String.valueOf(fault.line()));
        return row(Sign.FAILS, place, List.of(fault.reason(), fault.remedy()), "text-muted");
    }

    private Node tested(TestReport.Case test) {
        return row(
                test.passed() ? Sign.HOLDS : Sign.FAILS,
                texts.get("workspace.place", test.file(), String.valueOf(test.line())),
                Stream.concat(Stream.of(test.name()), test.failures().stream()).toList(),
                "mono");
    }

    private Node changed(Change change) {
        return row(
                Sign.NEUTRAL,
                texts.get("review.area." + change.area().name().toLowerCase(Locale.ROOT)),
                List.of(change.sentence().in(texts.locale())),
                "text-muted");
    }

    /** @param rest the style of all lines but the first */
    private static Node row(Sign sign, String place, List<String> lines, String rest) {
        VBox told = new VBox(1);
        for (String line : lines) {
            Label label = new Label(Printable.of(line));
            if (!told.getChildren().isEmpty()) {
                label.getStyleClass().add(rest);
            }
            told.getChildren().add(label);
        }
        Label where = new Label(Printable.of(place));
        where.getStyleClass().addAll("text-muted", "small");
        where.setMinWidth(PLACE);
        HBox row = new HBox(10, sign.icon(), where, told);
        row.setAlignment(Pos.CENTER_LEFT);
        row.getStyleClass().add("fault-row");
        return row;
    }
}
