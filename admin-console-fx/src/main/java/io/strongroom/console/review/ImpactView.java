package io.strongroom.console.review;

import io.strongroom.api.ShadowEvaluation;
import io.strongroom.console.desk.Desk;
import io.strongroom.console.desk.Spot;
import io.strongroom.console.look.Cells;
import io.strongroom.console.look.Columns;
import io.strongroom.console.look.Fxml;
import io.strongroom.console.look.Sign;
import io.strongroom.console.look.WhyNot;
import io.strongroom.console.text.Texts;
import java.util.Objects;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.Spinner;
import javafx.scene.control.SpinnerValueFactory;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** The page of the impact: replaying the last days, and what would have come out differently. */
final class ImpactView {
    private static final int MOST_DAYS = 366;
    private static final int FEW_DAYS = 7;
    private static final int FASTEST = 1_000_000;

    private final Desk desk;
    private final Texts texts;
    private final ReviewViewModel model;
    private final ReplayViewModel replays;
    private final Parent root;

    @FXML
    private Spinner<Integer> days;

    @FXML
    private TextField rate;

    @FXML
    private Button replay;

    @FXML
    private HBox running;

    @FXML
    private ProgressBar progress;

    @FXML
    private Label part;

    @FXML
    private Label replayWhy;

    @FXML
    private VBox impact;

    @FXML
    private VBox counts;

    @FXML
    private TableView<Impact.Change> changes;

    @FXML
    private TableColumn<Impact.Change, String> seen;

    @FXML
    private TableColumn<Impact.Change, String> who;

    @FXML
    private TableColumn<Impact.Change, String> what;

    @FXML
    private TableColumn<Impact.Change, String> before;

    @FXML
    private TableColumn<Impact.Change, String> after;

    @FXML
    private FlowPane samples;

    @SuppressWarnings("NullAway.Init") // what the fxml fills in
    ImpactView(Desk desk, ReviewViewModel model, ReplayViewModel replays) {
        this.desk = desk;
        this.texts = desk.texts();
        this.model = model;
        this.replays = replays;
        this.root = Fxml.load(this, texts);
    }

    Parent root() {
        return root;
    }

    @FXML
    private void initialize() {
        days.setValueFactory(new SpinnerValueFactory.IntegerSpinnerValueFactory(1, MOST_DAYS, FEW_DAYS));
        days.setAccessibleText(texts.get("review.replay.days"));
        Columns.share(changes);
        Cells.number(seen, change -> texts.number(change.seen()));
        Cells.text(who, Impact.Change::who);
        Cells.text(what, this::what);
        Cells.text(before, Impact.Change::before);
        Cells.text(after, Impact.Change::after);
        changes.getSelectionModel().selectedItemProperty().subscribe(this::sampled);
        Label none = new Label(texts.get("review.impact.none"));
        none.getStyleClass().add("text-muted");
        changes.setPlaceholder(none);
        replays.replayed().subscribe(done -> replayed(done.doubleValue()));
        model.may().subscribe(may -> able());
    }

    // --- What was found

    void show(@Nullable Impact found) {
        impact.setVisible(found != null);
        replayWhy.setText(texts.get("review.replay.why"));
        counts.getChildren().clear();
        if (found == null) {
            return;
        }
        ShadowEvaluation ran = found.evaluation();
        counts.getChildren()
                .add(wrapped(
                        texts.get(
                                "review.impact.compared",
                                ran.days(),
                                desk.times().full(ran.startedAt()),
                                ReviewViewModel.brief(ran.commit()),
                                ran.baseCommit() == null
                                        ? texts.get("review.impact.builtin")
                                        : ReviewViewModel.brief(ran.baseCommit())),
                        null));
        if (ran.stale()) {
            counts.getChildren().add(wrapped(texts.get("review.impact.stale"), Sign.DOUBTFUL));
        }
        ran.summary().ifPresent(told -> counts.getChildren()
                .addAll(
                        count("review.impact.intake", told.intake()),
                        count("review.impact.visibility", told.visibility()),
                        count("review.impact.reads", told.reads())));
        if (found.notTold() > 0) {
            counts.getChildren().add(new Label(texts.get("review.impact.more", found.notTold())));
        }
        changes.getItems().setAll(found.changes());
        if (!found.changes().isEmpty()) {
            changes.getSelectionModel().select(0);
        }
    }

    private Label count(String key, ShadowEvaluation.Count count) {
        return wrapped(
                texts.get("review.impact.count", texts.get(key), count.decided(), count.changed(), count.notRepeated()),
                count.changed() > 0 ? Sign.DOUBTFUL : Sign.HOLDS);
    }

    private static Label wrapped(String text, @Nullable Sign sign) {
        Label label = new Label(text, sign == null ? null : sign.icon());
        label.setWrapText(true);
        return label;
    }

    private String what(Impact.Change change) {
        String about = texts.get("review.kind." + change.kind());
        if (!change.field().isEmpty()) {
            about = texts.get("review.impact.of", about, change.field());
        }
        return change.stream() == null ? about : texts.get("review.impact.in", about, change.stream());
    }

    private void sampled(Impact.@Nullable Change change) {
        samples.getChildren().clear();
        if (change == null || change.records().isEmpty()) {
            return;
        }
        samples.getChildren().add(new Label(texts.get("review.impact.samples")));
        for (String id : change.records()) {
            Hyperlink link = new Hyperlink(id);
            link.getStyleClass().add("mono");
            link.setOnAction(pressed -> desk.navigator().go(new Spot("explorer", "record:" + id)));
            samples.getChildren().add(link);
        }
    }

    // --- Replaying

    private void replayed(double done) {
        boolean runs = !Double.isNaN(done);
        running.setVisible(runs);
        running.setManaged(runs);
        progress.setProgress(done);
        part.setText(runs && done >= 0 ? texts.get("pack.percent", done) : "");
        able();
    }

    private void able() {
        String why = model.may().get().replay();
        boolean runs = !Double.isNaN(replays.replayed().get());
        WhyNot.able(replay, why == null && runs ? texts.get("review.replay.runs") : why);
    }

    @FXML
    void replay() {
        int asked = 0;
        String typed = rate.getText() == null ? "" : rate.getText().strip();
        if (!typed.isEmpty()) {
            asked = typed.matches("[0-9]{1,7}") ? Integer.parseInt(typed) : 0;
            if (asked < 1 || asked > FASTEST) {
                replayWhy.setText(texts.get("review.replay.rate.wrong"));
                rate.requestFocus();
                return;
            }
        }
        replays.replay(Objects.requireNonNullElse(days.getValue(), FEW_DAYS), asked);
    }

    @FXML
    private void stopReplay() {
        replays.stop();
    }
}
