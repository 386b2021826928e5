package io.strongroom.console.review;

import io.strongroom.api.PolicyProposal;
import io.strongroom.api.ShadowEvaluation;
import io.strongroom.console.desk.Action;
import io.strongroom.console.desk.Desk;
import io.strongroom.console.desk.Spot;
import io.strongroom.console.look.Cells;
import io.strongroom.console.look.Columns;
import io.strongroom.console.look.Fxml;
import io.strongroom.console.look.Sign;
import io.strongroom.console.look.StatePane;
import io.strongroom.console.text.Texts;
import io.strongroom.evidence.approval.Decision;
import java.util.List;
import java.util.Objects;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.Spinner;
import javafx.scene.control.SpinnerValueFactory;
import javafx.scene.control.Tab;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.material2.Material2OutlinedMZ;

/** The proposals at the left, the one that is chosen at the right, and what may be said of it below. */
final class ReviewView {
    private static final int MOST_DAYS = 366;
    private static final int FEW_DAYS = 7;
    private static final int FASTEST = 1_000_000;

    private final Desk desk;
    private final Texts texts;
    private final ReviewViewModel model;
    private final Parent root;
    private boolean listing;

    @FXML
    private StatePane all;

    @FXML
    private ListView<PolicyProposal> list;

    @FXML
    private StatePane chosen;

    @FXML
    private Label title;

    @FXML
    private Label about;

    @FXML
    private HBox badge;

    @FXML
    private VBox summary;

    @FXML
    private Tab filesTab;

    @FXML
    private Tab testsTab;

    @FXML
    private Tab impactTab;

    @FXML
    private ListView<DiffRow> diff;

    @FXML
    private ListView<PolicyProposal.Test> tests;

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

    @FXML
    private Label why;

    @FXML
    private Button withdraw;

    @FXML
    private Button takeBack;

    @FXML
    private Label roleLabel;

    @FXML
    private ChoiceBox<String> role;

    @FXML
    private Button reject;

    @FXML
    private Button approve;

    @SuppressWarnings("NullAway.Init") // what the fxml fills in
    ReviewView(Desk desk, ReviewViewModel model) {
        this.desk = desk;
        this.texts = desk.texts();
        this.model = model;
        this.root = Fxml.load(this, texts);
    }

    Parent root() {
        return root;
    }

    List<Action> actions() {
        return List.of(
                new Action(
                        texts.get("review.approve"),
                        new KeyCodeCombination(KeyCode.ENTER, KeyCombination.SHORTCUT_DOWN),
                        this::approve,
                        model.may().map(ReviewViewModel.May::approve)),
                new Action(
                        texts.get("review.reject"),
                        null,
                        this::reject,
                        model.may().map(ReviewViewModel.May::reject)),
                new Action(
                        texts.get("review.replay"),
                        null,
                        this::replay,
                        model.may().map(ReviewViewModel.May::replay)));
    }

    @FXML
    private void initialize() {
        all.bind(
                model.proposals().state(),
                texts,
                List::isEmpty,
                new StatePane.Nothing(
                        Material2OutlinedMZ.RATE_REVIEW,
                        texts.get("review.none"),
                        texts.get("review.none.why"),
                        texts.get("review.none.next"),
                        () -> desk.navigator().go(Spot.of("workspace"))),
                model::refresh);
        chosen.bind(
                model.one().state(),
                texts,
                reviewed -> false,
                new StatePane.Nothing(Material2OutlinedMZ.RATE_REVIEW, "", ""),
                model::refresh);
        list.setCellFactory(made -> new ProposalCell(desk));
        list.getSelectionModel().selectedItemProperty().subscribe(picked -> {
            if (picked != null && !listing) {
                model.choose(picked.name());
            }
        });
        diff.setCellFactory(DiffCell::new);
        diff.widthProperty().subscribe(width -> diff.refresh());
        tests.setCellFactory(made -> new TestCell(texts));
        days.setValueFactory(new SpinnerValueFactory.IntegerSpinnerValueFactory(1, MOST_DAYS, FEW_DAYS));
        days.setAccessibleText(texts.get("review.replay.days"));
        Columns.share(changes);
        Cells.number(seen, change -> texts.number(change.seen()));
        Cells.text(who, Impact.Change::who);
        Cells.text(what, this::what);
        Cells.text(before, Impact.Change::before);
        Cells.text(after, Impact.Change::after);
        changes.getSelectionModel().selectedItemProperty().subscribe(this::sampled);
        model.proposals().state().subscribe(state -> listed(state.value()));
        model.one().state().subscribe(state -> {
            if (state.value() != null) {
                show(state.value());
            }
        });
        model.may().subscribe(may -> may(may));
        model.acting().subscribe(acting -> may(model.may().get()));
        model.replayed().subscribe(done -> replayed(done.doubleValue()));
        desk.times().local().subscribe(local -> {
            Reviewed shown = model.one().state().get().value();
            if (shown != null) {
                show(shown);
            }
        });
    }

    // --- The list

    private void listed(@Nullable List<PolicyProposal> proposals) {
        if (proposals == null) {
            return;
        }
        listing = true;
        list.getItems().setAll(proposals);
        listing = false;
        PolicyProposal here = proposals.stream()
                .filter(each -> Reviewed.shortName(each).equals(model.name()))
                .findFirst()
                .orElse(model.name().isEmpty() && !proposals.isEmpty() ? proposals.getFirst() : null);
        if (here != null) {
            list.getSelectionModel().select(here);
        }
    }

    // --- The one

    private void show(Reviewed reviewed) {
        PolicyProposal proposal = reviewed.proposal();
        title.setText(proposal.title().isBlank() ? Reviewed.shortName(proposal) : proposal.title());
        about.setText(texts.get(
                "review.about",
                Reviewed.shortName(proposal),
                proposal.author(),
                ReviewViewModel.brief(proposal.commit()),
                desk.times().full(proposal.changedAt())));
        about.setTooltip(new Tooltip(proposal.commit()));
        badge.getChildren().setAll(ProposalCell.state(texts, proposal));
        new SummaryPart(desk, summary).show(proposal);
        diff.getItems().setAll(reviewed.rows());
        long files = reviewed.rows().stream()
                .filter(row -> row.kind() == DiffRow.Kind.FILE)
                .count();
        filesTab.setText(texts.get("review.tab.files.count", files));
        List<PolicyProposal.Test> cases = proposal.fault().isPresent() ? List.of() : proposal.tests();
        tests.getItems().setAll(cases);
        testsTab.setText(texts.get("review.tab.tests.count", cases.size()));
        impact(reviewed.impact());
    }

    // --- Impact

    private void impact(@Nullable Impact found) {
        impact.setVisible(found != null);
        replayWhy.setText(texts.get("review.replay.why"));
        impactTab.setText(
                found == null
                        ? texts.get("review.tab.impact")
                        : texts.get("review.tab.impact.count", found.changes().size()));
        if (found == null) {
            return;
        }
        ShadowEvaluation ran = found.evaluation();
        counts.getChildren().clear();
        Label compared = new Label(texts.get(
                "review.impact.compared",
                ran.days(),
                desk.times().full(ran.startedAt()),
                ReviewViewModel.brief(ran.commit()),
                ran.baseCommit() == null
                        ? texts.get("review.impact.builtin")
                        : ReviewViewModel.brief(ran.baseCommit())));
        compared.setWrapText(true);
        counts.getChildren().add(compared);
        if (ran.stale()) {
            Label stale = new Label(texts.get("review.impact.stale"), Sign.DOUBTFUL.icon());
            stale.setWrapText(true);
            counts.getChildren().add(stale);
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
        Label none = new Label(texts.get("review.impact.none"));
        none.getStyleClass().add("text-muted");
        changes.setPlaceholder(none);
        if (!found.changes().isEmpty()) {
            changes.getSelectionModel().select(0);
        }
    }

    private Label count(String key, ShadowEvaluation.Count count) {
        Sign sign = count.changed() > 0 ? Sign.DOUBTFUL : Sign.HOLDS;
        Label label = new Label(
                texts.get("review.impact.count", texts.get(key), count.decided(), count.changed(), count.notRepeated()),
                sign.icon());
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

    private void replayed(double done) {
        boolean runs = !Double.isNaN(done);
        running.setVisible(runs);
        running.setManaged(runs);
        progress.setProgress(done);
        part.setText(runs && done >= 0 ? texts.get("pack.percent", done) : "");
        may(model.may().get());
    }

    @FXML
    private void replay() {
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
        model.replay(Objects.requireNonNullElse(days.getValue(), FEW_DAYS), asked);
    }

    @FXML
    private void stopReplay() {
        model.stopReplay();
    }

    // --- Saying

    private void may(ReviewViewModel.May may) {
        boolean busy = model.acting().get();
        approve.setDisable(may.approve() != null || busy);
        reject.setDisable(may.reject() != null || busy);
        replay.setDisable(may.replay() != null || !Double.isNaN(model.replayed().get()));
        takeBack.setDisable(may.takeBack() != null || busy);
        withdraw.setDisable(may.withdraw() != null || busy);
        present(takeBack, may.said() != null);
        present(withdraw, may.own() && may.withdraw() == null);
        boolean choice = may.approve() == null && may.open().size() > 1;
        present(role, choice);
        present(roleLabel, choice);
        if (!role.getItems().equals(may.open())) {
            role.getItems().setAll(may.open());
            role.getSelectionModel().selectFirst();
        }
        why.setText(
                may.approve() == null
                        ? texts.get(
                                "review.approve.why",
                                may.open().isEmpty()
                                        ? ""
                                        : Objects.requireNonNullElse(
                                                role.getValue(), may.open().getFirst()))
                        : may.approve());
        approve.setTooltip(may.approve() == null ? null : new Tooltip(may.approve()));
    }

    private static void present(javafx.scene.Node node, boolean there) {
        node.setVisible(there);
        node.setManaged(there);
    }

    private String chosenRole() {
        List<String> open = model.may().get().open();
        List<String> roles = open.isEmpty() ? roles() : open;
        return role.getValue() == null || !roles.contains(role.getValue()) ? roles.getFirst() : role.getValue();
    }

    private List<String> roles() {
        var in = Objects.requireNonNull(desk.connection().who().get());
        return io.strongroom.api.Role.wires(in.session().account().roles());
    }

    @FXML
    private void approve() {
        say(Decision.APPROVE, "review.approve.title", "review.approve.do");
    }

    @FXML
    private void reject() {
        say(Decision.REJECT, "review.reject.title", "review.reject.do");
    }

    private void say(Decision decision, String heading, String action) {
        Reviewed shown = model.one().state().get().value();
        if (shown == null) {
            return;
        }
        String named = texts.get(
                heading,
                Reviewed.shortName(shown.proposal()),
                ReviewViewModel.brief(shown.proposal().commit()),
                chosenRole());
        String does = texts.get(action);
        String chosenRole = chosenRole();
        if (model.asksForPassphrase()) {
            desk.dialogs()
                    .text(
                            named,
                            texts.get("review.passphrase"),
                            does,
                            true,
                            typed -> model.say(decision, chosenRole, typed));
        } else {
            desk.dialogs()
                    .confirm(named, texts.get("review.unencrypted"), does, () -> model.say(decision, chosenRole, ""));
        }
    }

    @FXML
    private void takeBack() {
        desk.dialogs()
                .confirm(
                        texts.get("review.takeback.title"),
                        texts.get("review.takeback.text"),
                        texts.get("review.takeback"),
                        model::takeBack);
    }

    @FXML
    private void withdraw() {
        desk.dialogs()
                .confirm(
                        texts.get("review.withdraw.title", model.name()),
                        texts.get("review.withdraw.text"),
                        texts.get("review.withdraw"),
                        model::withdraw);
    }
}
