package io.strongroom.console.incidents;

import io.strongroom.api.json.Json;
import io.strongroom.api.telemetry.Incident;
import io.strongroom.console.desk.Deeds;
import io.strongroom.console.desk.Desk;
import io.strongroom.console.incidents.IncidentsViewModel.Shown;
import io.strongroom.console.look.Columns;
import io.strongroom.console.look.FactGrid;
import io.strongroom.console.look.Fxml;
import io.strongroom.console.look.Sign;
import io.strongroom.console.look.StatePane;
import io.strongroom.console.look.WhyNot;
import io.strongroom.console.text.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.fxml.FXML;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TableView;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.material2.Material2OutlinedAL;

/** The list of incidents, and the course of the chosen one beside it. */
final class IncidentsView {
    private static final List<String> REASONS = List.of("fixed", "false-alarm", "accepted");

    private final IncidentsViewModel model;
    private final Deeds deeds;
    private final Desk desk;
    private final Texts texts;

    @FXML
    private ComboBox<Shown> shown;

    @FXML
    private ComboBox<String> severity;

    @FXML
    private Button allDevices;

    @FXML
    private StatePane listState;

    @FXML
    private TableView<Incident> table;

    @FXML
    private Label summary;

    @FXML
    private Label none;

    @FXML
    private StatePane incidentState;

    @FXML
    private Label title;

    @FXML
    private HBox signs;

    @FXML
    private Button acknowledge;

    @FXML
    private Button close;

    @FXML
    private Button pack;

    @FXML
    private Button toDevice;

    @FXML
    private FactGrid facts;

    @FXML
    private VBox course;

    private IncidentsView(IncidentsViewModel model, Deeds deeds, Desk desk) {
        this.model = model;
        this.deeds = deeds;
        this.desk = desk;
        this.texts = desk.texts();
    }

    static Parent of(IncidentsViewModel model, Deeds deeds, Desk desk) {
        return Fxml.load(new IncidentsView(model, deeds, desk), desk.texts());
    }

    @FXML
    private void initialize() {
        filters();
        list();
        none.visibleProperty().bind(model.chosen().isNull());
        incidentState.visibleProperty().bind(model.chosen().isNotNull());
        incidentState.bind(
                model.incident().state(),
                texts,
                incident -> false,
                new StatePane.Nothing(Material2OutlinedAL.ERROR_OUTLINE, "", ""),
                model::refresh);
        model.incident().state().subscribe(now -> {
            if (now.value() != null) {
                show(now.value());
            }
        });
        desk.times().whenTold(table, table::refresh);
        desk.times().whenTold(incidentState, () -> {
            Incident chosen = model.incident().state().get().value();
            if (chosen != null) {
                show(chosen);
            }
        });
        acknowledge.managedProperty().bind(acknowledge.visibleProperty());
        close.managedProperty().bind(close.visibleProperty());
        List.of(acknowledge, close).forEach(button -> WhyNot.bind(button, deeds.whyNot("incidents.manage")));
        WhyNot.bind(pack, deeds.whyNot("records.read"));
        acknowledge.setOnAction(pressed -> chosen(model::acknowledge));
        close.setOnAction(pressed -> chosen(this::close));
        pack.setOnAction(pressed -> chosen(model::intoPack));
        toDevice.setOnAction(pressed -> chosen(model::toDevice));
    }

    private void chosen(java.util.function.Consumer<Incident> deed) {
        Incident chosen = model.incident().state().get().value();
        if (chosen != null) {
            deed.accept(chosen);
        }
    }

    private void filters() {
        shown.getItems().setAll(Shown.values());
        shown.setConverter(words(each -> texts.get("incidents.shown." + each)));
        shown.valueProperty().bindBidirectional(model.shown());
        List<@Nullable String> severities = new ArrayList<>();
        severities.add(null);
        severities.addAll(List.of("S1", "S2", "S3"));
        severity.getItems().setAll(severities);
        severity.setConverter(
                words(each -> each == null ? texts.get("incidents.severity.all") : word("incidents.severity.", each)));
        severity.valueProperty().bindBidirectional(model.severity());
        allDevices.visibleProperty().bind(model.device().isNotNull());
        model.device()
                .subscribe(device -> allDevices.setText(
                        device == null ? "" : texts.get("incidents.of.device", model.label(device)) + "  ✕"));
        allDevices.setOnAction(pressed -> model.device().set(null));
    }

    private static <T> StringConverter<T> words(Function<@Nullable T, String> word) {
        return new StringConverter<>() {
            @Override
            public String toString(@Nullable T value) {
                return word.apply(value);
            }

            @Override
            public @Nullable T fromString(String typed) {
                return null;
            }
        };
    }

    private void list() {
        Columns.of(table)
                .node(texts.get("incidents.column.severity"), 86, each -> severity(each)
                        .said(each.severity()))
                .text(texts.get("incidents.column.state"), 120, each -> word("incidents.state.", each.state()))
                .text(texts.get("incidents.column.rule"), 200, this::rule)
                .text(texts.get("incidents.column.device"), 100, each -> model.label(each.device()))
                .text(texts.get("incidents.column.opened"), 135, each -> desk.times()
                        .minute(each.openedAt()));
        table.getSelectionModel().selectedItemProperty().addListener((at, was, is) -> {
            if (is != null) {
                model.chosen().set(is.id());
            }
        });
        model.found().state().subscribe(now -> {
            IncidentsViewModel.Found found = now.value();
            if (found == null) {
                return;
            }
            String kept = model.chosen().get();
            table.getItems().setAll(found.incidents());
            found.incidents().stream()
                    .filter(each -> each.id().equals(kept))
                    .findFirst()
                    .ifPresent(table.getSelectionModel()::select);
            // What its device is called may be known only now.
            Optional.ofNullable(model.incident().state().get().value()).ifPresent(this::show);
            summary.setText(texts.get(
                    found.cut() ? "incidents.summary.cut" : "incidents.summary",
                    texts.number(found.incidents().size())));
        });
        listState.bind(
                model.found().state(),
                texts,
                found -> found.incidents().isEmpty(),
                new StatePane.Nothing(
                        Material2OutlinedAL.CHECK_CIRCLE,
                        texts.get("incidents.none"),
                        texts.get("incidents.none.why"),
                        texts.get("incidents.none.next"),
                        () -> {
                            model.severity().set(null);
                            model.device().set(null);
                            model.shown().set(Shown.ALL);
                        }),
                model::refresh);
    }

    private static Sign severity(Incident incident) {
        if (incident.state().equals("closed")) {
            return Sign.NEUTRAL;
        }
        return incident.severity().equals("S1") ? Sign.FAILS : Sign.DOUBTFUL;
    }

    private String rule(Incident incident) {
        String words = word("incidents.rule.", incident.rule());
        return incident.subject().isEmpty() ? words : words + ": " + incident.subject();
    }

    private String word(String prefix, String name) {
        return texts.bundle().containsKey(prefix + name) ? texts.bundle().getString(prefix + name) : name;
    }

    private void show(Incident incident) {
        title.setText(rule(incident));
        signs.getChildren()
                .setAll(
                        severity(incident).said(word("incidents.severity.", incident.severity())),
                        new Label(word("incidents.state.", incident.state())));
        acknowledge.setVisible(incident.state().equals("open"));
        close.setVisible(!incident.state().equals("closed"));
        facts.clear();
        facts.add(texts.get("incidents.column.device"), model.label(incident.device()));
        facts.mono(texts.get("incidents.device.id"), incident.device());
        facts.add(texts.get("incidents.count"), texts.number(incident.count()));
        incident.detail().members().forEach((name, value) -> facts.add(word("incidents.detail.", name), said(value)));
        facts.mono(texts.get("incidents.id"), incident.id());
        if (incident.recorded() != null) {
            facts.add(texts.get("incidents.recorded.at"), record(incident.recorded()));
        }
        course.getChildren().setAll(Event.of(incident).stream().map(this::line).toList());
    }

    private static String said(Json value) {
        return value instanceof Json.Text text ? text.value() : value.toString();
    }

    private Node line(Event event) {
        Label at = new Label(desk.times().full(event.at()));
        at.getStyleClass().addAll("text-muted", "mono", "small");
        at.setMinWidth(Label.USE_PREF_SIZE);
        Label what = new Label(
                event.by().isEmpty()
                        ? texts.get("incidents.event." + event.kind())
                        : texts.get(
                                "incidents.event." + event.kind() + ".by",
                                event.by(),
                                word("incidents.because.", event.because())));
        what.setWrapText(true);
        what.setMinHeight(Label.USE_PREF_SIZE);
        HBox.setHgrow(what, Priority.ALWAYS);
        what.setMaxWidth(Double.MAX_VALUE);
        HBox line = new HBox(14, at, what);
        line.setAlignment(Pos.BASELINE_LEFT);
        if (event.seq() != null) {
            line.getChildren().add(record(event.seq()));
        }
        return line;
    }

    private Node record(long seq) {
        Hyperlink link = new Hyperlink(texts.get("incidents.record", texts.number(seq)));
        link.setMinWidth(Hyperlink.USE_PREF_SIZE);
        link.setOnAction(pressed -> model.open(seq));
        return link;
    }

    private void close(Incident incident) {
        ToggleGroup group = new ToggleGroup();
        VBox form = new VBox();
        form.getStyleClass().add("fields");
        Label why = new Label(texts.get("incidents.close.why"));
        why.setWrapText(true);
        form.getChildren().add(why);
        for (String reason : REASONS) {
            RadioButton button = new RadioButton(word("incidents.reason.", reason));
            button.setUserData(reason);
            button.setToggleGroup(group);
            form.getChildren().add(button);
        }
        group.selectToggle(group.getToggles().getFirst());
        desk.dialogs()
                .form(
                        texts.get("incidents.close"),
                        form,
                        (Node) group.getToggles().getFirst(),
                        texts.get("incidents.close"),
                        new SimpleBooleanProperty(true),
                        () -> model.close(
                                incident,
                                String.valueOf(group.getSelectedToggle().getUserData())));
    }
}
