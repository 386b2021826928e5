package io.strongroom.console.masking;

import io.strongroom.console.connection.Connection;
import io.strongroom.console.desk.Action;
import io.strongroom.console.desk.Desk;
import io.strongroom.console.look.Cells;
import io.strongroom.console.look.Fxml;
import io.strongroom.console.look.Sign;
import io.strongroom.console.look.StatePane;
import io.strongroom.console.look.Tip;
import io.strongroom.console.text.Texts;
import io.strongroom.evidence.Printable;
import java.util.List;
import javafx.fxml.FXML;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.material2.Material2OutlinedAL;
import org.kordamp.ikonli.material2.Material2OutlinedMZ;

/** The sample at the left, its fields with a column for each role at the right, and below why each sees what it sees. */
final class MaskingView {
    private final Desk desk;
    private final Texts texts;
    private final MaskingViewModel model;
    private final Action taking;
    private final Parent root;

    @FXML
    private ComboBox<MaskingViewModel.Rules> rules;

    @FXML
    private ComboBox<Sights.Use> use;

    @FXML
    private TextField purpose;

    @FXML
    private TextField id;

    @FXML
    private Button take;

    @FXML
    private Button example;

    @FXML
    private TextArea sample;

    @FXML
    private StatePane state;

    @FXML
    private Label about;

    @FXML
    private TableView<Sights.Row> table;

    @FXML
    private VBox why;

    @SuppressWarnings("NullAway.Init") // what the fxml fills in
    MaskingView(Desk desk, MaskingViewModel model) {
        this.desk = desk;
        this.texts = desk.texts();
        this.model = model;
        this.taking = new Action(texts.get("masking.example"), null, this::example).beginning();
        this.root = Fxml.load(this, texts);
    }

    Parent root() {
        return root;
    }

    List<Action> actions() {
        return List.of(taking);
    }

    @FXML
    private void initialize() {
        choice(rules, List.of(MaskingViewModel.Rules.values()), "masking.rules.");
        choice(use, List.of(Sights.Use.values()), "masking.use.");
        rules.valueProperty().bindBidirectional(model.rules());
        use.valueProperty().bindBidirectional(model.use());
        purpose.textProperty().bindBidirectional(model.purpose());
        sample.textProperty().bindBidirectional(model.sample());
        taking.on(example);
        take.disableProperty().bind(id.textProperty().map(String::isBlank).flatMap(blank -> desk.connection()
                .state()
                .map(now -> blank || now == Connection.State.LOST)));
        table.getColumns().add(fields());
        Sights.ROLES.forEach(role -> table.getColumns().add(role(role)));
        table.getSelectionModel().selectedItemProperty().subscribe(this::why);
        model.sights().state().subscribe(now -> {
            if (now.value() != null) {
                show(now.value());
            }
        });
        StatePane.Nothing nothing = new StatePane.Nothing(
                Material2OutlinedMZ.VISIBILITY,
                texts.get("masking.none"),
                texts.get("masking.none.why"),
                texts.get("masking.example"),
                this::example);
        state.bind(
                model.sights()
                        .state()
                        .map(now -> now instanceof io.strongroom.console.work.Loaded.Nothing<Sights>
                                ? new io.strongroom.console.work.Loaded.Here<>(
                                        new Sights("", "", java.util.Map.of(), List.of()),
                                        java.time.Instant.EPOCH,
                                        null)
                                : now),
                texts,
                seen -> seen.bundle().isEmpty(),
                nothing,
                model::refresh);
    }

    private <T extends Enum<T>> void choice(ComboBox<T> box, List<T> all, String key) {
        box.getItems().setAll(all);
        box.setConverter(new StringConverter<>() {
            @Override
            public String toString(@Nullable T value) {
                return value == null ? "" : texts.get(key + value.name());
            }

            @Override
            public @Nullable T fromString(String text) {
                return null;
            }
        });
    }

    // --- The table

    private TableColumn<Sights.Row, String> fields() {
        TableColumn<Sights.Row, String> column = new TableColumn<>(texts.get("masking.field"));
        Cells.mono(column, Sights.Row::pointer);
        column.setPrefWidth(190);
        column.setSortable(false);
        column.setReorderable(false);
        return column;
    }

    private TableColumn<Sights.Row, Sights.Row> role(String role) {
        TableColumn<Sights.Row, Sights.Row> column = new TableColumn<>(role);
        column.setSortable(false);
        column.setPrefWidth(152);
        Cells.node(column, row -> seen(row.cells().get(role)));
        return column;
    }

    private Node seen(Sights.@Nullable Cell cell) {
        if (cell == null) {
            return new Label();
        }
        Label label =
                switch (cell.how()) {
                    case SHOWN -> new Label(Printable.of(cell.text()));
                    case MASKED -> new Label(Printable.of(cell.text()), icon(cell.how()));
                    case HIDDEN, BARRED ->
                        new Label(texts.get("masking.how." + cell.how().name()), icon(cell.how()));
                };
        label.getStyleClass().addAll("sight", "sight-" + cell.how().name().toLowerCase(java.util.Locale.ROOT));
        label.setAccessibleText(texts.get("masking.how." + cell.how().name()) + " " + cell.text());
        if (!cell.why().isEmpty()) {
            Tip.on(label, cell.why());
        }
        return label;
    }

    private static Node icon(Sights.How how) {
        return FontIcon.of(
                switch (how) {
                    case SHOWN -> Material2OutlinedMZ.VISIBILITY;
                    case MASKED -> Material2OutlinedAL.BLUR_ON;
                    case HIDDEN -> Material2OutlinedMZ.VISIBILITY_OFF;
                    case BARRED -> Material2OutlinedAL.BLOCK;
                });
    }

    private void show(Sights sights) {
        int at = table.getSelectionModel().getSelectedIndex();
        table.getItems().setAll(sights.rows());
        about.setText(
                sights.refused().isEmpty()
                        ? texts.get("masking.by", sights.bundle())
                        : texts.get("masking.refused", sights.bundle(), sights.refused()));
        about.setGraphic(sights.refused().isEmpty() ? null : Sign.FAILS.icon());
        Label none = new Label(texts.get("masking.nobody"));
        none.setWrapText(true);
        table.setPlaceholder(none);
        if (!sights.rows().isEmpty()) {
            table.getSelectionModel().select(Math.clamp(at, 0, sights.rows().size() - 1));
        } else {
            why.getChildren().clear();
            sights.barred().forEach((role, reason) -> why.getChildren().add(line(role, Sights.How.BARRED, reason)));
        }
    }

    /** Why each role sees what it sees of a field. */
    private void why(Sights.@Nullable Row row) {
        why.getChildren().clear();
        if (row == null) {
            return;
        }
        Label heading = new Label(texts.get(
                "masking.row",
                Printable.of(row.pointer()),
                row.classification(),
                texts.get("masking.kept." + row.kept().name())));
        heading.getStyleClass().add("strong");
        heading.setWrapText(true);
        why.getChildren().add(heading);
        for (String role : Sights.ROLES) {
            Sights.Cell cell = row.cells().get(role);
            if (cell != null) {
                why.getChildren().add(line(role, cell.how(), cell.why()));
            }
        }
    }

    private Node line(String role, Sights.How how, String reason) {
        Label who = new Label(role);
        who.setMinWidth(160);
        Label what = new Label(texts.get("masking.how." + how.name()), icon(how));
        what.setMinWidth(120);
        what.getStyleClass().add("sight");
        Label told = new Label(Printable.of(reason));
        told.getStyleClass().add("text-muted");
        HBox line = new HBox(8, who, what, told);
        line.setAlignment(Pos.CENTER_LEFT);
        return line;
    }

    // --- The sample

    @FXML
    private void take() {
        if (!take.isDisabled()) {
            model.take(id.getText().strip());
        }
    }

    private void example() {
        model.sample().set(Pretty.of(MaskingViewModel.example()));
    }
}
