package io.strongroom.console.devices;

import io.strongroom.api.AskedCommand;
import io.strongroom.api.DeviceBatch;
import io.strongroom.api.RecordFacets;
import io.strongroom.api.telemetry.Deployment;
import io.strongroom.api.telemetry.DeviceSession;
import io.strongroom.api.telemetry.DeviceUser;
import io.strongroom.api.telemetry.InstalledSoftware;
import io.strongroom.api.telemetry.SoftwareChange;
import io.strongroom.console.desk.Desk;
import io.strongroom.console.desk.Spot;
import io.strongroom.console.devices.DeviceViewModel.Part;
import io.strongroom.console.look.Fxml;
import io.strongroom.console.look.StatePane;
import io.strongroom.console.look.WhyNot;
import io.strongroom.console.text.Texts;
import io.strongroom.console.work.Asked;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableView;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.TilePane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.material2.Material2OutlinedAL;

/** One device, a page at a time. */
final class DeviceView {
    private final DeviceViewModel model;
    private final DeviceDeeds deeds;
    private final Desk desk;
    private final InstantSource clock;
    private final Texts texts;

    @FXML
    private Label name;

    @FXML
    private Label identity;

    @FXML
    private Button approve;

    @FXML
    private Button refuse;

    @FXML
    private Button unlock;

    @FXML
    private Button collect;

    @FXML
    private MenuButton more;

    @FXML
    private TabPane tabs;

    @FXML
    private StatePane aboutState;

    @FXML
    private VBox about;

    @FXML
    private StatePane healthState;

    @FXML
    private TilePane health;

    @FXML
    private ToggleButton hour;

    @FXML
    private ToggleButton day;

    @FXML
    private ToggleButton month;

    @FXML
    private StatePane softwareState;

    @FXML
    private TableView<InstalledSoftware> installed;

    @FXML
    private TableView<SoftwareChange> changes;

    @FXML
    private StatePane useState;

    @FXML
    private TableView<DeviceUser> users;

    @FXML
    private TableView<DeviceSession> sessions;

    @FXML
    private StatePane deploymentsState;

    @FXML
    private TableView<Deployment> deployments;

    @FXML
    private StatePane streamsState;

    @FXML
    private TableView<RecordFacets.Value> streams;

    @FXML
    private Button records;

    @FXML
    private StatePane batchesState;

    @FXML
    private TableView<DeviceBatch> batches;

    @FXML
    private Label batchesCut;

    @FXML
    private StatePane commandsState;

    @FXML
    private TableView<AskedCommand> commands;

    private DeviceView(DeviceViewModel model, DeviceDeeds deeds, Desk desk, InstantSource clock) {
        this.clock = clock;
        this.model = model;
        this.deeds = deeds;
        this.desk = desk;
        this.texts = desk.texts();
    }

    static Parent of(DeviceViewModel model, DeviceDeeds deeds, Desk desk, InstantSource clock) {
        return Fxml.load(new DeviceView(model, deeds, desk, clock), desk.texts());
    }

    @FXML
    private void initialize() {
        head();
        tabs.getSelectionModel()
                .selectedIndexProperty()
                .addListener((at, was, is) -> model.open(Part.values()[is.intValue()]));
        spans();
        DeviceTables tables = new DeviceTables(desk, clock);
        tables.installed(installed);
        tables.changes(changes);
        tables.users(users);
        tables.sessions(sessions);
        tables.deployments(deployments);
        tables.streams(streams, () -> model.id().get());
        tables.batches(batches);
        tables.commands(commands);
        AboutPage page = new AboutPage(desk, clock);
        part(aboutState, model.about(), now -> page.fill(about, now), now -> false, Material2OutlinedAL.DEVICES, "");
        HealthPage charts = new HealthPage(health, desk);
        // No chart of another device is to be seen under this one's name until its own is there.
        model.id().subscribe(device -> charts.clear());
        part(
                healthState,
                model.health(),
                charts::fill,
                now -> now.newest().isEmpty(),
                Material2OutlinedAL.FAVORITE_BORDER,
                "devices.none.health");
        part(
                softwareState,
                model.software(),
                now -> {
                    installed.getItems().setAll(now.installed());
                    changes.getItems().setAll(now.changes());
                },
                now -> now.installed().isEmpty() && now.changes().isEmpty(),
                Material2OutlinedAL.APPS,
                "devices.none.software");
        part(
                useState,
                model.use(),
                now -> {
                    users.getItems().setAll(now.users());
                    sessions.getItems().setAll(now.sessions());
                },
                now -> now.users().isEmpty() && now.sessions().isEmpty(),
                Material2OutlinedAL.GROUP,
                "devices.none.use");
        list(deploymentsState, model.deployments(), deployments, "devices.none.deployments");
        list(streamsState, model.streams(), streams, "devices.none.streams");
        part(
                batchesState,
                model.batches(),
                now -> {
                    batches.getItems().setAll(now.newest());
                    batchesCut.setVisible(now.cut());
                },
                now -> now.newest().isEmpty(),
                Material2OutlinedAL.LIST,
                "devices.none.batches");
        batchesCut.managedProperty().bind(batchesCut.visibleProperty());
        list(commandsState, model.commands(), commands, "devices.none.commands");
        List.of(installed, changes, users, sessions, deployments, batches, commands)
                .forEach(table -> desk.times().whenTold(table, table::refresh));
        desk.times().whenTold(about, () -> Optional.ofNullable(
                        model.about().state().get().value())
                .ifPresent(now -> page.fill(about, now)));
        desk.times().whenTold(health, () -> Optional.ofNullable(
                        model.health().state().get().value())
                .ifPresent(charts::fill));
    }

    private <T> void list(StatePane pane, Asked<List<T>> asked, TableView<T> table, String none) {
        pane.bind(asked.state(), table, texts, nothing(Material2OutlinedAL.LIST, none), model::refresh);
    }

    private <T> void part(
            StatePane pane, Asked<T> asked, Consumer<T> fill, Predicate<T> empty, Ikon icon, String none) {
        asked.state().subscribe(now -> {
            if (now.value() != null) {
                fill.accept(now.value());
            }
        });
        pane.bind(asked.state(), texts, empty, nothing(icon, none), model::refresh);
    }

    private StatePane.Nothing nothing(Ikon icon, String none) {
        return none.isEmpty()
                ? new StatePane.Nothing(icon, "", "")
                : new StatePane.Nothing(
                        icon, texts.bundle().getString(none), texts.bundle().getString(none + ".why"));
    }

    private void head() {
        List.of(approve, refuse, unlock)
                .forEach(button -> button.managedProperty().bind(button.visibleProperty()));
        WhyNot.bind(approve, deeds.whyNot("pending"));
        WhyNot.bind(refuse, deeds.whyNot("pending"));
        WhyNot.bind(unlock, deeds.whyNot("locked"));
        WhyNot.bind(collect, deeds.whyNot("active"));
        WhyNot.bind(more, deeds.whyNot());
        approve.setOnAction(pressed -> deeds.decide("approve"));
        refuse.setOnAction(pressed -> deeds.decide("refuse"));
        unlock.setOnAction(pressed -> deeds.decide("unlock"));
        collect.setOnAction(pressed -> deeds.collect());
        records.setOnAction(pressed ->
                desk.navigator().go(new Spot("explorer", "source:" + model.id().get())));
        model.about().state().subscribe(now -> {
            DeviceViewModel.About known = now.value();
            name.setText(known == null ? "" : known.device().label());
            identity.setText(
                    known == null
                            ? String.valueOf(model.id().get())
                            : known.device().id());
            String state = known == null ? "" : known.device().state();
            approve.setVisible(state.equals("pending"));
            refuse.setVisible(state.equals("pending"));
            unlock.setVisible(state.equals("locked"));
            orders(state);
        });
    }

    private void orders(String state) {
        more.getItems().clear();
        if (state.equals("active")) {
            more.getItems()
                    .addAll(
                            item("devices.order.renew", deeds::renew),
                            item("devices.order.apply-policy", deeds::applyPolicy),
                            item("devices.order.rotate-queue", deeds::rotateQueue),
                            new SeparatorMenuItem(),
                            item("devices.lock", () -> deeds.decide("lock")));
        }
        if (state.equals("active") || state.equals("locked")) {
            more.getItems().add(item("devices.revoke", () -> deeds.decide("revoke")));
        }
        more.getItems().add(item("devices.copy.id", deeds::copyId));
    }

    private MenuItem item(String key, Runnable run) {
        MenuItem item = new MenuItem(texts.bundle().getString(key));
        item.setOnAction(pressed -> run.run());
        return item;
    }

    private void spans() {
        ToggleGroup group = new ToggleGroup();
        List<ToggleButton> buttons = List.of(hour, day, month);
        for (Span span : Span.values()) {
            ToggleButton button = buttons.get(span.ordinal());
            button.setToggleGroup(group);
            button.setOnAction(pressed -> {
                button.setSelected(true);
                model.span().set(span);
            });
        }
        model.span().subscribe(span -> buttons.get(span.ordinal()).setSelected(true));
    }
}
