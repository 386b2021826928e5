package io.strongroom.console.pack;

import io.strongroom.console.look.Sign;
import io.strongroom.console.look.Tip;
import io.strongroom.console.text.Texts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import javafx.fxml.FXML;
import javafx.fxml.FXMLLoader;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.SplitPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.material2.Material2OutlinedAL;
import org.kordamp.ikonli.material2.Material2OutlinedMZ;

/** The viewer of packs: give it one, and it says how far to believe it. */
public final class PackView {
    private final PackViewModel model;
    private final Texts texts;
    private final GivenFiles given;

    @FXML
    private BorderPane root;

    @FXML
    private Label name;

    @FXML
    private Label place;

    @FXML
    private Label trustName;

    @FXML
    private Label trustDetail;

    @FXML
    private Button trust;

    @FXML
    private Button open;

    @FXML
    private VBox empty;

    @FXML
    private StackPane emptySign;

    @FXML
    private VBox working;

    @FXML
    private ProgressBar progress;

    @FXML
    private Label percent;

    @FXML
    private VBox unreadable;

    @FXML
    private StackPane unreadableSign;

    @FXML
    private Label unreadableWhy;

    @FXML
    private SplitPane verdict;

    @FXML
    private VerdictView verdictPaneController;

    @FXML
    private RecordsView recordsPaneController;

    @FXML
    private VBox facts;

    @FXML
    private Label noPolicy;

    @FXML
    private ProgressIndicator readingPolicy;

    @FXML
    private Node policyPane;

    @FXML
    private Label noCustody;

    @FXML
    private ProgressIndicator readingCustody;

    @FXML
    private Node custodyPane;

    @FXML
    private Button report;

    @FXML
    private HBox told;

    @FXML
    private StackPane toldSign;

    @FXML
    private Label toldText;

    @FXML
    private ProgressBar saving;

    @FXML
    private Button stop;

    /** What shows this model. */
    public PackView(PackViewModel model, Texts texts) {
        this.model = model;
        this.texts = texts;
        this.given = new GivenFiles(model, texts);
    }

    /** Makes what is seen of it. */
    public Parent load() {
        FXMLLoader loader = new FXMLLoader(PackView.class.getResource("pack.fxml"), texts.bundle());
        Map<Class<?>, Supplier<Object>> controllers = Map.of(
                PackView.class, () -> this,
                VerdictView.class, () -> new VerdictView(texts),
                RecordsView.class, () -> new RecordsView(model, texts),
                ProofView.class, () -> new ProofView(model, texts),
                PolicyView.class, () -> new PolicyView(model, texts),
                CustodyView.class, () -> new CustodyView(model, texts));
        loader.setControllerFactory(
                type -> Objects.requireNonNull(controllers.get(type)).get());
        try {
            return loader.load();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @FXML
    private void initialize() {
        emptySign.getChildren().add(icon(Material2OutlinedAL.ARCHIVE));
        unreadableSign.getChildren().add(icon(Material2OutlinedMZ.REPORT_PROBLEM));
        Tip.on(open, texts.get("pack.open.tip"));
        Tip.on(report, texts.get("pack.report.tip"));
        report.disableProperty()
                .bind(model.state()
                        .isNotEqualTo(PackViewModel.State.VERDICT)
                        .or(model.saving().running()));
        Tip.on(trust, texts.get("pack.trust.tip"));
        progress.progressProperty().bind(model.progress());
        percent.textProperty().bind(model.progress().map(part -> texts.get("pack.percent", part)));
        unreadableWhy.textProperty().bind(model.problem());
        model.state().subscribe(this::state);
        model.pack().subscribe(this::pack);
        model.trust().subscribe(given -> trusted());
        model.trustProblem().subscribe(why -> trusted());
        model.records().subscribe(recordsPaneController::show);
        papers(noPolicy, readingPolicy, policyPane);
        papers(noCustody, readingCustody, custodyPane);
        saving();
        given.takeWhatIsDroppedOn(root);
        key(new KeyCodeCombination(KeyCode.O, KeyCombination.SHORTCUT_DOWN), this::choosePack);
        key(new KeyCodeCombination(KeyCode.T, KeyCombination.SHORTCUT_DOWN), this::chooseTrust);
        key(new KeyCodeCombination(KeyCode.S, KeyCombination.SHORTCUT_DOWN), this::chooseReport);
        key(new KeyCodeCombination(KeyCode.F5), model::again);
    }

    /** Either what the pack tells, or why that is not here. */
    private void papers(Label why, ProgressIndicator reading, Node content) {
        reading.visibleProperty().bind(model.papers().running());
        content.visibleProperty().bind(model.papers().value().isNotNull());
        why.visibleProperty()
                .bind(model.papers().running().not().and(model.papers().value().isNull()));
        why.textProperty()
                .bind(model.papers()
                        .failure()
                        .map(failure -> texts.get("pack.papers.failed", PackViewModel.told(failure)))
                        .orElse(texts.get("pack.papers.none")));
    }

    /** What became of the file that was saved last. */
    private void saving() {
        saving.progressProperty().bind(model.saving().progress());
        saving.visibleProperty().bind(model.saving().running());
        stop.visibleProperty().bind(model.saving().running());
        model.saving().running().subscribe(this::saved);
        model.saving().value().subscribe(this::saved);
        model.saving().failure().subscribe(this::saved);
        saved();
    }

    private void saved() {
        Path file = model.saving().value().get();
        Exception failure = model.saving().failure().get();
        boolean running = model.saving().running().get();
        boolean there = running || file != null || failure != null;
        told.setVisible(there);
        told.setManaged(there);
        toldSign.getChildren().setAll((failure != null ? Sign.FAILS : running ? Sign.NEUTRAL : Sign.HOLDS).icon());
        toldText.setText(
                failure != null
                        ? texts.get("pack.save.failed", PackViewModel.told(failure))
                        : file != null ? texts.get("pack.saved", file.toString()) : texts.get("pack.saving"));
    }

    /** Counts as long as this is on screen: in a window that has other screens the keys are theirs after that. */
    private void key(KeyCodeCombination keys, Runnable action) {
        root.sceneProperty().subscribe((before, scene) -> {
            if (before != null) {
                before.getAccelerators().remove(keys, action);
            }
            if (scene != null) {
                scene.getAccelerators().put(keys, action);
            }
        });
    }

    private static Node icon(Ikon icon) {
        FontIcon made = FontIcon.of(icon);
        made.getStyleClass().addAll("sign", "neutral");
        return made;
    }

    private void state(PackViewModel.State now) {
        empty.setVisible(now == PackViewModel.State.EMPTY);
        working.setVisible(now == PackViewModel.State.VERIFYING);
        unreadable.setVisible(now == PackViewModel.State.UNREADABLE);
        verdict.setVisible(now == PackViewModel.State.VERDICT);
        if (now == PackViewModel.State.VERDICT && model.ladder().get() != null) {
            verdictPaneController.show(model.ladder().get());
            facts.getChildren()
                    .setAll(new Sheet(texts)
                            .section(new Section(
                                    texts.get("pack.facts"),
                                    Facts.of(model.ladder().get().facts(), texts),
                                    "")));
        }
    }

    private void pack(@Nullable Path file) {
        name.setText(file == null ? texts.get("pack.title") : file.getFileName().toString());
        place.setText(
                file == null
                        ? texts.get("pack.offline")
                        : String.valueOf(file.toAbsolutePath().getParent()));
    }

    private void trusted() {
        PackViewModel.Trust given = model.trust().get();
        String wrong = model.trustProblem().get();
        trustName.setText(
                given == null
                        ? texts.get("pack.trust.none")
                        : given.file().getFileName().toString());
        trustDetail.setText(
                wrong != null
                        ? texts.get("pack.trust.bad") + ": " + wrong
                        : texts.get(given == null ? "pack.trust.none.why" : "pack.trust.given"));
        trustDetail.getStyleClass().setAll("label", wrong != null ? "danger" : "text-muted");
    }

    /** Asks for a pack to open. */
    @FXML
    public void choosePack() {
        given.pack(window());
    }

    /** Asks for a trust file. */
    @FXML
    public void chooseTrust() {
        given.trust(window());
    }

    @FXML
    private void chooseReport() {
        if (!report.isDisabled()) {
            given.report(window());
        }
    }

    private Window window() {
        return root.getScene().getWindow();
    }

    @FXML
    private void stopSaving() {
        model.saving().clear();
    }

    @FXML
    private void again() {
        model.again();
    }

    @FXML
    private void cancel() {
        model.cancel();
    }
}
