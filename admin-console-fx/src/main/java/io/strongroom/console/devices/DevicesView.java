package io.strongroom.console.devices;

import atlantafx.base.controls.CustomTextField;
import io.strongroom.console.desk.Action;
import io.strongroom.console.desk.Desk;
import io.strongroom.console.devices.DevicesViewModel.Row;
import io.strongroom.console.look.Columns;
import io.strongroom.console.look.Fxml;
import io.strongroom.console.look.StatePane;
import io.strongroom.console.text.Texts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javafx.beans.property.ObjectProperty;
import javafx.collections.ListChangeListener;
import javafx.collections.transformation.SortedList;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableView;
import javafx.scene.layout.StackPane;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.material2.Material2OutlinedAL;
import org.kordamp.ikonli.material2.Material2OutlinedMZ;

/** The list of devices with the chosen one beside it, and how new ones come. */
final class DevicesView {
    private final DevicesViewModel model;
    private final Desk desk;
    private final Texts texts;
    private final Supplier<Parent> device;
    private final EnrolmentView codes;
    /** Made when a device is first chosen. */
    private @Nullable Parent shown;

    @FXML
    private TabPane tabs;

    @FXML
    private Tab enrolment;

    @FXML
    private StatePane fleet;

    @FXML
    private CustomTextField text;

    @FXML
    private ComboBox<Standing> standing;

    @FXML
    private ComboBox<String> group;

    @FXML
    private TableView<Row> table;

    @FXML
    private Label summary;

    @FXML
    private StackPane detail;

    /**
     * @param device shows the chosen device
     * @param codes shows how new ones come
     */
    DevicesView(DevicesViewModel model, Desk desk, Supplier<Parent> device, EnrolmentView codes) {
        this.model = model;
        this.desk = desk;
        this.texts = desk.texts();
        this.device = device;
        this.codes = codes;
    }

    /** What is begun here: on its page. */
    List<Action> actions() {
        return Stream.concat(
                        codes.actions().stream().map(action -> on(() -> enrolment, action)),
                        Stream.of(
                                        new Action(texts.get("devices.filter.clear"), null, model::clearFilters),
                                        new Action(texts.get("devices.filter.silent"), null, () -> model.standing()
                                                .set(Standing.SILENT)))
                                .map(action -> on(() -> tabs.getTabs().getFirst(), action.beginning())))
                .toList();
    }

    private Action on(Supplier<Tab> page, Action action) {
        return action.doing(() -> {
            tabs.getSelectionModel().select(page.get());
            action.run().run();
        });
    }

    Parent load() {
        return Fxml.load(this, texts);
    }

    @FXML
    private void initialize() {
        enrolment.setContent(codes.load());
        text.setLeft(FontIcon.of(Material2OutlinedMZ.SEARCH));
        text.textProperty().bindBidirectional(model.text());
        choice(standing, model.standing(), Standing.values(), each -> Standings.word(each, texts), "devices.all");
        group.setConverter(shown(name -> name, "devices.group.all"));
        model.groups().addListener((ListChangeListener<String>) changed -> groups());
        group.valueProperty().bindBidirectional(model.group());
        columns();
        SortedList<Row> sorted = new SortedList<>(model.listed());
        sorted.comparatorProperty().bind(table.comparatorProperty());
        table.setItems(sorted);
        table.setPlaceholder(nothingFits());
        table.getSelectionModel().selectedItemProperty().addListener((at, was, is) -> {
            if (is != null) {
                model.chosen().set(is.id());
            }
        });
        model.chosen().subscribe(this::select);
        model.listed().addListener((ListChangeListener<Row>) changed -> {
            summary();
            select(model.chosen().get());
        });
        desk.times().whenTold(table, () -> table.refresh());
        fleet.bind(
                model.state(),
                texts,
                List::isEmpty,
                new StatePane.Nothing(
                        Material2OutlinedAL.DEVICES,
                        texts.get("devices.none"),
                        texts.get("devices.none.why"),
                        texts.get("devices.none.next"),
                        () -> tabs.getSelectionModel().select(enrolment)),
                model::refresh);
    }

    private Node nothingFits() {
        Label none = new Label(texts.get("devices.none.fit"));
        none.getStyleClass().add("text-muted");
        return none;
    }

    private void groups() {
        List<@Nullable String> choices = new ArrayList<>();
        choices.add(null);
        choices.addAll(model.groups());
        String kept = model.group().get();
        group.getItems().setAll(choices);
        model.group().set(kept);
    }

    private <T> void choice(
            ComboBox<T> box,
            ObjectProperty<@Nullable T> property,
            @Nullable T[] values,
            Function<T, String> word,
            String all) {
        box.setConverter(shown(word, all));
        List<@Nullable T> choices = new ArrayList<>();
        choices.add(null);
        choices.addAll(Arrays.asList(values));
        box.getItems().setAll(choices);
        box.valueProperty().bindBidirectional(property);
    }

    private <T> StringConverter<T> shown(Function<T, String> word, String all) {
        return new StringConverter<>() {
            @Override
            public String toString(@Nullable T value) {
                return value == null ? texts.get(all) : word.apply(value);
            }

            @Override
            public @Nullable T fromString(String typed) {
                return null;
            }
        };
    }

    private void columns() {
        Columns.of(table)
                .node(texts.get("devices.column.standing"), 114, row -> Standings.said(row.standing(), texts))
                .text(texts.get("devices.column.label"), 180, row -> row.device()
                        .label())
                .text(texts.get("devices.column.group"), 76, row -> row.device().group())
                .time(
                        texts.get("devices.column.seen"),
                        104,
                        row -> row.device().lastSeen() == null
                                ? null
                                : Instant.parse(row.device().lastSeen()),
                        seen -> seen == null ? texts.get("devices.never") : model.when(seen));
    }

    private void summary() {
        summary.setText(texts.get(
                "devices.summary",
                texts.number(model.listed().size()),
                texts.number(model.size()),
                texts.number(model.count(Standing.SILENT)),
                texts.number(model.waiting().get())));
    }

    private void select(@Nullable String id) {
        if (id == null) {
            Label choose = new Label(texts.get("devices.choose"));
            choose.getStyleClass().add("text-muted");
            detail.getChildren().setAll(choose);
            return;
        }
        Parent one = shown == null ? device.get() : shown;
        shown = one;
        detail.getChildren().setAll(one);
        Row selected = table.getSelectionModel().getSelectedItem();
        if (selected == null || !selected.id().equals(id)) {
            table.getItems().stream()
                    .filter(Objects::nonNull)
                    .filter(row -> row.id().equals(id))
                    .findFirst()
                    .ifPresent(row -> {
                        table.getSelectionModel().select(row);
                        table.scrollTo(row);
                    });
        }
    }
}
