package io.strongroom.console.system;

import io.strongroom.api.ApplianceStatus;
import io.strongroom.api.ApplianceStorage;
import io.strongroom.api.QuarantinedDocument;
import io.strongroom.console.desk.Action;
import io.strongroom.console.desk.Deeds;
import io.strongroom.console.desk.Desk;
import io.strongroom.console.look.Columns;
import io.strongroom.console.look.FactGrid;
import io.strongroom.console.look.Fxml;
import io.strongroom.console.look.Sign;
import io.strongroom.console.look.StatePane;
import io.strongroom.console.look.WhyNot;
import io.strongroom.console.system.SystemViewModel.PublishedKey;
import io.strongroom.console.system.SystemViewModel.Seen;
import io.strongroom.console.text.Texts;
import io.strongroom.console.work.Asked;
import java.text.NumberFormat;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.material2.Material2OutlinedAL;
import org.kordamp.ikonli.material2.Material2OutlinedMZ;

/** The system, a page for each side of it. */
final class SystemView {
    private static final double KIBIBYTE = 1 << 10;
    private static final double MEBIBYTE = 1 << 20;
    private static final double GIBIBYTE = 1 << 30;

    /** What part of a disk that is free is worth a look. */
    private static final double LITTLE = 0.1;

    private final SystemViewModel model;
    private final Deeds deeds;
    private final Desk desk;
    private final Texts texts;
    private final Action searchAgain;
    private final Action telemetryAgain;

    @FXML
    private TabPane tabs;

    @FXML
    private StatePane seenState;

    @FXML
    private HBox headline;

    @FXML
    private VBox headlineTexts;

    @FXML
    private Label headlineTitle;

    @FXML
    private Label headlineWhy;

    @FXML
    private FactGrid ledger;

    @FXML
    private FactGrid intake;

    @FXML
    private FactGrid readModels;

    @FXML
    private FactGrid telemetry;

    @FXML
    private FactGrid policy;

    @FXML
    private FactGrid process;

    @FXML
    private FactGrid storage;

    @FXML
    private Button clock;

    @FXML
    private Button rebuild;

    @FXML
    private Button rebuildTelemetry;

    @FXML
    private StatePane figuresState;

    @FXML
    private TableView<Figures.Figure> figures;

    @FXML
    private StatePane quarantineState;

    @FXML
    private TableView<QuarantinedDocument> quarantine;

    @FXML
    private Button save;

    @FXML
    private StatePane keysState;

    @FXML
    private TableView<PublishedKey> keys;

    @FXML
    private StatePane logState;

    @FXML
    private TableView<ConsoleLog.Line> log;

    @FXML
    private Button copy;

    SystemView(SystemViewModel model, Deeds deeds, Desk desk) {
        this.model = model;
        this.deeds = deeds;
        this.desk = desk;
        this.texts = desk.texts();
        this.searchAgain = rebuilding("system.rebuild.search", model::rebuildReadModels);
        this.telemetryAgain = rebuilding("system.rebuild.telemetry", model::rebuildTelemetry);
    }

    private Action rebuilding(String key, Runnable rebuild) {
        String name = texts.bundle().getString(key);
        return new Action(
                        name,
                        null,
                        () -> {
                            tabs.getSelectionModel().selectFirst();
                            desk.dialogs().confirm(name, texts.get("system.rebuild.why"), name, rebuild);
                        },
                        deeds.whyNot("projections.rebuild"))
                .beginning();
    }

    List<Action> actions() {
        return List.of(searchAgain, telemetryAgain);
    }

    List<String> onceChosen() {
        return List.of(texts.get("system.quarantine.save"), texts.get("system.log.copy"));
    }

    Parent load() {
        return Fxml.load(this, texts);
    }

    @FXML
    private void initialize() {
        tables();
        StatePane.Nothing never = new StatePane.Nothing(Material2OutlinedAL.DNS, "", "");
        seenState.bind(model.seen().state(), texts, seen -> false, never, model::refresh);
        figuresState.bind(model.seen().state(), texts, seen -> false, never, model::refresh);
        model.seen().state().subscribe(now -> {
            if (now.value() != null) {
                show(now.value());
            }
        });
        List.of(quarantine, keys, log).forEach(table -> desk.times().whenTold(table, table::refresh));
        desk.times().whenTold(seenState, () -> {
            Seen seen = model.seen().state().get().value();
            if (seen != null) {
                show(seen);
            }
        });
        clock.managedProperty().bind(clock.visibleProperty());
        WhyNot.bind(clock, deeds.whyNot("system.manage"));
        searchAgain.on(rebuild);
        telemetryAgain.on(rebuildTelemetry);
        clock.setOnAction(pressed -> {
            String act = texts.get("system.clock.confirm");
            desk.dialogs().confirm(act, texts.get("system.clock.why"), act, model::confirmClock);
        });
        var document = quarantine.getSelectionModel().selectedItemProperty();
        WhyNot.bind(
                save,
                deeds.whyNot(
                        "quarantine.read",
                        () -> document.get() == null ? texts.get("system.quarantine.choose") : null,
                        document));
        save.setOnAction(pressed -> {
            QuarantinedDocument chosen = document.get();
            desk.dialogs().save(texts.get("system.quarantine.save"), chosen.id(), file -> model.save(chosen, file));
        });
        copy.setOnAction(pressed -> desk.dialogs()
                .copy(log.getItems().stream()
                        .map(line -> line.at() + " " + line.level() + " " + line.logger() + ": " + line.text())
                        .collect(Collectors.joining("\n"))));
    }

    private void tables() {
        Columns.of(figures)
                .mono(texts.get("system.column.figure"), 640, Figures.Figure::name)
                .number(
                        texts.get("system.column.value"),
                        160,
                        Figures.Figure::value,
                        value -> decimal(value.doubleValue()));
        Columns.of(quarantine)
                .text(texts.get("system.column.received"), 150, each -> desk.times()
                        .full(each.receivedAt()))
                .text(texts.get("system.column.caller"), 160, QuarantinedDocument::caller)
                .text(texts.get("system.column.reason"), 360, QuarantinedDocument::reason)
                .number(
                        texts.get("system.column.bytes"),
                        90,
                        QuarantinedDocument::bytes,
                        count -> texts.number(count.longValue()))
                .mono(texts.get("system.column.request"), 200, QuarantinedDocument::requestId);
        Columns.of(keys)
                .node(texts.get("system.column.state"), 120, each -> (each.until() == null ? Sign.HOLDS : Sign.NEUTRAL)
                        .said(texts.get(each.until() == null ? "system.key.counts" : "system.key.ended")))
                .text(texts.get("system.column.signs"), 120, PublishedKey::signs)
                .number(
                        texts.get("system.column.generation"),
                        100,
                        PublishedKey::generation,
                        count -> texts.number(count.longValue()))
                .text(texts.get("system.column.algorithm"), 120, PublishedKey::algorithm)
                .mono(texts.get("system.column.id"), 320, PublishedKey::id)
                .text(texts.get("system.column.from"), 150, each -> desk.times().full(each.from()))
                .text(
                        texts.get("system.column.until"),
                        150,
                        each -> each.until() == null ? "" : desk.times().full(each.until()));
        Columns.of(log)
                .text(texts.get("system.column.at"), 160, each -> desk.times().full(each.at()))
                .text(texts.get("system.column.level"), 90, ConsoleLog.Line::level)
                .text(texts.get("system.column.logger"), 220, ConsoleLog.Line::logger)
                .text(texts.get("system.column.text"), 520, ConsoleLog.Line::text);
        list(quarantineState, model.quarantine(), quarantine, Material2OutlinedAL.INBOX, "system.quarantine.none");
        list(keysState, model.keys(), keys, Material2OutlinedMZ.VPN_KEY, "system.keys.none");
        list(logState, model.lines(), log, Material2OutlinedAL.CHECK_CIRCLE, "system.log.none");
    }

    private <T> void list(StatePane pane, Asked<List<T>> asked, TableView<T> table, Ikon icon, String none) {
        pane.bind(
                asked.state(),
                table,
                texts,
                new StatePane.Nothing(
                        icon, texts.bundle().getString(none), texts.bundle().getString(none + ".why")),
                model::refresh);
    }

    private void show(Seen seen) {
        ApplianceStatus status = seen.status();
        headline(status);
        ApplianceStatus.LedgerState book = status.ledger();
        ledger.clear();
        ledger.add(texts.get("system.ledger.size"), texts.number(book.size()));
        ledger.add(
                texts.get("system.ledger.checkpoint"),
                book.checkpointAt() == null
                        ? texts.get("system.never")
                        : texts.get(
                                "system.ledger.checkpoint.at",
                                texts.number(book.checkpointSize()),
                                desk.times().full(book.checkpointAt())));
        ledger.add(
                texts.get("system.ledger.takes"),
                (book.running() ? Sign.HOLDS : Sign.FAILS)
                        .said(texts.get(book.running() ? "system.yes" : "system.no")));
        ledger.add(texts.get("system.ledger.clock"), book.clockJump());
        clock.setVisible(book.clockJump() != null);
        intake.clear();
        intake.add(
                texts.get("system.intake.now"),
                seen.recordsPerSecond().isPresent()
                        ? texts.get(
                                "system.per.second",
                                decimal(seen.recordsPerSecond().getAsDouble()))
                        : texts.get("system.intake.soon"));
        intake.add(
                texts.get("system.intake.total"),
                whole(seen.figures().sum("strongroom_ledger_committed_records_total")));
        intake.add(texts.get("system.intake.waiting"), texts.number(book.waitingRecords()));
        intake.add(texts.get("system.intake.bytes"), size(book.waitingBytes()));
        readModel(readModels, status.readModels());
        readModel(telemetry, status.telemetry());
        policy.clear();
        OptionalDouble drift = seen.figures().sum("strongroom_policy_drift");
        policy.add(
                texts.get("system.policy.drift"),
                drift.isEmpty()
                        ? Sign.NEUTRAL.said(texts.get("system.unknown"))
                        : (drift.getAsDouble() == 0 ? Sign.HOLDS : Sign.DOUBTFUL)
                                .said(
                                        drift.getAsDouble() == 0
                                                ? texts.get("system.policy.none")
                                                : texts.get("system.policy.some")));
        process.clear();
        process.add(
                texts.get("system.database"),
                texts.get(
                        status.forProduction() ? "system.database.production" : "system.database.trial",
                        status.engine()));
        process.add(
                texts.get("system.started"), desk.times().full(status.process().startedAt()));
        process.add(
                texts.get("system.uptime"),
                texts.get(
                        "system.uptime.value",
                        texts.number(Duration.ofSeconds(status.process().uptimeSeconds())
                                .toHours()),
                        texts.number(Duration.ofSeconds(status.process().uptimeSeconds())
                                .toMinutesPart())));
        if (status.process().residentBytes() >= 0) {
            process.add(texts.get("system.memory"), size(status.process().residentBytes()));
        }
        storage(seen.storage());
        figures.getItems().setAll(seen.figures().all());
    }

    private void storage(ApplianceStorage kept) {
        storage.clear();
        storage.add(texts.get("system.storage.free"), room(kept.disk()));
        kept.database().disk().ifPresent(disk -> storage.add(texts.get("system.storage.free.database"), room(disk)));
        kept.objects().disk().ifPresent(disk -> storage.add(texts.get("system.storage.free.objects"), room(disk)));
        storage.add(texts.get("system.database"), size(kept.database().bytes()));
        for (ApplianceStorage.Part part : kept.database().parts()) {
            storage.add(texts.bundle().getString("system.storage." + part.kind()), size(part.bytes()));
        }
        storage.add(
                texts.get("system.storage.objects"),
                kept.objects()
                        .counted()
                        .map(counted -> texts.get(
                                "system.storage.counted",
                                size(counted.bytes()),
                                texts.number(counted.objects()),
                                desk.times().full(counted.at())))
                        .orElseGet(() -> texts.get(
                                kept.objects().store().equals("s3")
                                        ? "system.storage.elsewhere"
                                        : "system.storage.counting")));
    }

    private Node room(ApplianceStorage.Disk disk) {
        boolean little = disk.freeBytes() < disk.totalBytes() * LITTLE;
        return (little ? Sign.DOUBTFUL : Sign.HOLDS)
                .said(texts.get("system.storage.of", size(disk.freeBytes()), size(disk.totalBytes())));
    }

    private void headline(ApplianceStatus status) {
        Sign sign = status.ready() ? Sign.HOLDS : Sign.FAILS;
        headline.getStyleClass().setAll("headline", sign.style());
        headline.getChildren().setAll(sign.icon(), headlineTexts);
        headlineTitle.setText(texts.get(status.ready() ? "system.ready" : "system.not.ready"));
        headlineWhy.setText(
                status.ready()
                        ? texts.get("system.ready.why")
                        : status.parts().entrySet().stream()
                                .map(part -> part.getKey() + ": " + part.getValue())
                                .collect(Collectors.joining("\n")));
    }

    private void readModel(FactGrid grid, ApplianceStatus.ReadModel state) {
        grid.clear();
        boolean behind = state.lagRecords() > 0;
        grid.add(
                texts.get("system.column.state"),
                state.failing()
                        ? Sign.FAILS.said(texts.get("system.follow.failing"))
                        : state.rebuilding()
                                ? Sign.DOUBTFUL.said(texts.get("system.follow.rebuilding"))
                                : Sign.HOLDS.said(
                                        texts.get(behind ? "system.follow.follows" : "system.follow.current")));
        grid.add(
                texts.get("system.lag"),
                texts.get("system.lag.value", texts.number(state.lagRecords()), decimal(state.lagMillis() / 1_000.0)));
        grid.add(texts.get("system.place"), texts.number(state.place()));
    }

    private String whole(OptionalDouble value) {
        return value.isPresent() ? texts.number(Math.round(value.getAsDouble())) : texts.get("system.unknown");
    }

    private String decimal(double value) {
        NumberFormat format = NumberFormat.getNumberInstance(texts.locale());
        format.setMaximumFractionDigits(Math.abs(value) < 1 ? 4 : 1);
        return format.format(value);
    }

    private String size(long bytes) {
        return bytes >= GIBIBYTE
                ? texts.get("system.gibibytes", tenths(bytes / GIBIBYTE))
                : bytes >= MEBIBYTE
                        ? texts.get("system.mebibytes", tenths(bytes / MEBIBYTE))
                        : texts.get("system.kibibytes", tenths(bytes / KIBIBYTE));
    }

    private String tenths(double value) {
        return decimal(Math.round(value * 10) / 10.0);
    }
}
