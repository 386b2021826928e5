package io.strongroom.console.packs;

import io.strongroom.api.CustodyEvent;
import io.strongroom.api.ExportState;
import io.strongroom.api.ExportSummary;
import io.strongroom.console.connection.Connection;
import io.strongroom.console.desk.Action;
import io.strongroom.console.desk.Desk;
import io.strongroom.console.look.Cells;
import io.strongroom.console.look.Columns;
import io.strongroom.console.look.FactGrid;
import io.strongroom.console.look.Fxml;
import io.strongroom.console.look.Sign;
import io.strongroom.console.look.StatePane;
import io.strongroom.console.look.Tip;
import io.strongroom.console.text.Texts;
import io.strongroom.console.work.Loaded;
import java.util.List;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.material2.Material2OutlinedAL;

/** The list of packs, what was done with the one that is chosen, and the wizard in their place. */
public final class PacksView {
    private static final double MEGABYTE = 1_000_000;

    private final PacksViewModel model;
    private final Desk desk;
    private final Texts texts;
    private final Action making;

    @FXML
    private StackPane root;

    @FXML
    private VBox browser;

    @FXML
    private StatePane state;

    @FXML
    private Button make;

    @FXML
    private Button more;

    @FXML
    private TableView<ExportSummary> packs;

    @FXML
    private TableColumn<ExportSummary, ExportSummary> status;

    @FXML
    private TableColumn<ExportSummary, String> askedAt;

    @FXML
    private TableColumn<ExportSummary, String> askedBy;

    @FXML
    private TableColumn<ExportSummary, String> purpose;

    @FXML
    private TableColumn<ExportSummary, String> entries;

    @FXML
    private TableColumn<ExportSummary, String> size;

    @FXML
    private VBox detail;

    @FXML
    private FactGrid facts;

    @FXML
    private StatePane custodyState;

    @FXML
    private TableView<CustodyEvent> custody;

    @FXML
    private TableColumn<CustodyEvent, String> when;

    @FXML
    private TableColumn<CustodyEvent, String> who;

    @FXML
    private TableColumn<CustodyEvent, String> what;

    @FXML
    private Button fetch;

    @FXML
    private Button discard;

    @FXML
    private Label why;

    PacksView(PacksViewModel model, Desk desk) {
        this.model = model;
        this.desk = desk;
        this.texts = desk.texts();
        this.making = new Action(
                        texts.get("packs.new"),
                        new KeyCodeCombination(KeyCode.N, KeyCombination.SHORTCUT_DOWN),
                        model::make,
                        desk.connection()
                                .state()
                                .map(now -> now == Connection.State.LOST ? texts.get("packs.lost") : null))
                .beginning();
    }

    /** Makes a pack. */
    Action making() {
        return making;
    }

    List<String> onceChosen() {
        return List.of(texts.get("packs.fetch"), texts.get("packs.discard.do"));
    }

    Parent load() {
        return Fxml.load(this, texts);
    }

    @FXML
    private void initialize() {
        root.getChildren().add(WizardView.of(model.wizard(), desk, model::leaveWizard));
        Node wizard = root.getChildren().getLast();
        model.making().subscribe(making -> {
            wizard.setVisible(making);
            browser.setVisible(!making);
        });
        making.on(make);
        columns();
        state.bind(
                model.packs(),
                texts,
                found -> found.packs().isEmpty(),
                new StatePane.Nothing(
                        Material2OutlinedAL.ARCHIVE,
                        texts.get("packs.none"),
                        texts.get("packs.none.why"),
                        texts.get("packs.new"),
                        model::make),
                model::ask);
        custodyState.bind(
                model.custody(),
                texts,
                List::isEmpty,
                new StatePane.Nothing(
                        Material2OutlinedAL.LIST_ALT, texts.get("packs.custody.none"), texts.get("packs.custody.why")),
                model::askCustody);
        model.packs().subscribe(this::show);
        model.custody().subscribe(now -> {
            List<CustodyEvent> events = now.value();
            custody.getItems().setAll(events == null ? List.of() : events);
        });
        model.chosen().subscribe(this::chosen);
        packs.getSelectionModel().selectedItemProperty().addListener((at, was, is) -> {
            if (is != null && !is.equals(model.chosen().get())) {
                model.choose(is);
            }
        });
        desk.times().whenTold(root, () -> {
            packs.refresh();
            custody.refresh();
            chosen(model.chosen().get());
        });
        desk.connection().state().subscribe(now -> able());
    }

    private void columns() {
        Columns.share(packs);
        Columns.share(custody);
        Cells.node(status, pack -> sign(pack.status().status()));
        Cells.text(askedAt, pack -> desk.times().full(pack.askedAt()));
        Cells.text(askedBy, ExportSummary::askedByName);
        Cells.text(purpose, ExportSummary::purpose);
        Cells.number(
                entries,
                pack -> pack.status().total() == 0
                        ? ""
                        : texts.number(pack.status().total()));
        Cells.number(size, this::size);
        Cells.text(
                when,
                event -> event.occurredAt() == null
                        ? texts.get("packs.hidden")
                        : desk.times().full(event.occurredAt()));
        Cells.text(
                who,
                event -> event.actor() == null
                        ? texts.get("packs.hidden")
                        : event.actor().id());
        Cells.text(what, this::deed);
    }

    private String size(ExportSummary pack) {
        Long bytes = pack.status().size();
        return bytes == null ? "" : texts.get("packs.megabytes", bytes / MEGABYTE);
    }

    private String deed(CustodyEvent event) {
        String action = event.action();
        if (action == null) {
            return texts.get("packs.hidden");
        }
        if (event.endByte().isPresent()) {
            return texts.get(
                    "packs.bytes",
                    action,
                    event.firstByte().orElse(0),
                    event.endByte().getAsLong());
        }
        return action;
    }

    private Node sign(ExportState state) {
        Sign sign =
                switch (state) {
                    case READY -> Sign.HOLDS;
                    case FAILED -> Sign.FAILS;
                    case QUEUED, RUNNING -> Sign.DOUBTFUL;
                    case CANCELLED, EXPIRED -> Sign.NEUTRAL;
                };
        return new Label(texts.get("packs.state." + state.name()), sign.icon());
    }

    private void show(Loaded<PacksViewModel.Packs> now) {
        PacksViewModel.Packs found = now.value();
        if (found == null) {
            return;
        }
        packs.getItems().setAll(found.packs());
        more.setVisible(found.next() != null);
        ExportSummary chosen = model.chosen().get();
        if (chosen != null) {
            packs.getSelectionModel().select(chosen);
        }
    }

    private void chosen(@Nullable ExportSummary pack) {
        detail.setVisible(pack != null);
        facts.clear();
        if (pack != null) {
            packs.getSelectionModel().select(pack);
            fact("packs.fact.id", pack.status().id(), true);
            fact("packs.fact.purpose", pack.purpose(), false);
            fact("packs.fact.format", pack.format().wire(), false);
            if (pack.toSeq() != null) {
                fact(
                        "packs.fact.range",
                        texts.get("packs.range", pack.fromSeq() == null ? 0 : pack.fromSeq(), pack.toSeq()),
                        false);
            }
            fact(
                    "packs.fact.filters",
                    pack.selection() != null
                            ? Words.of(pack.selection(), texts)
                            : pack.filters().isEmpty() ? texts.get("packs.all") : String.join(", ", pack.filters()),
                    false);
            if (!pack.withhold().isEmpty()) {
                fact("packs.fact.withhold", Words.withhold(pack.withhold(), texts), false);
            }
            if (pack.status().sha256() != null) {
                fact("packs.fact.digest", pack.status().sha256(), true);
            }
            if (pack.expiresAt() != null) {
                fact("packs.fact.expires", desk.times().full(pack.expiresAt()), false);
            }
            if (pack.status().problem() != null) {
                fact(
                        "packs.fact.problem",
                        texts.problem(
                                        pack.status().problem().code(),
                                        pack.status().problem().title()) + ". "
                                + pack.status().problem().detail(),
                        false);
            }
        }
        able();
    }

    private void fact(String name, @Nullable String value, boolean mono) {
        if (mono) {
            facts.mono(texts.get(name), value);
        } else {
            facts.add(texts.get(name), value);
        }
    }

    /** A button that cannot be used says why. */
    private void able() {
        boolean lost = desk.connection().state().get() == Connection.State.LOST;
        String not = lost ? texts.get("packs.lost") : model.whyNotFetched();
        fetch.setDisable(not != null);
        why.setText(not == null ? "" : not);
        ExportSummary pack = model.chosen().get();
        boolean gone = pack == null
                || pack.status().status() == ExportState.CANCELLED
                || pack.status().status() == ExportState.EXPIRED;
        discard.setDisable(lost || gone || !pack.own());
        Tip.on(discard, texts.get("packs.discard.tip"));
    }

    @FXML
    private void more() {
        model.more();
    }

    @FXML
    private void fetch() {
        ExportSummary pack = model.chosen().get();
        if (pack != null) {
            desk.dialogs().save(texts.get("packs.fetch"), pack.status().id() + ".zip", model::fetch);
        }
    }

    @FXML
    private void discard() {
        desk.dialogs()
                .confirm(
                        texts.get("packs.discard.title"),
                        texts.get("packs.discard.text"),
                        texts.get("packs.discard.do"),
                        model::discard);
    }
}
