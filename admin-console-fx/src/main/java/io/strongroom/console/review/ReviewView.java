package io.strongroom.console.review;

import io.strongroom.api.PolicyProposal;
import io.strongroom.console.desk.Action;
import io.strongroom.console.desk.Desk;
import io.strongroom.console.desk.Spot;
import io.strongroom.console.look.Fxml;
import io.strongroom.console.look.StatePane;
import io.strongroom.console.text.Texts;
import java.util.List;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.material2.Material2OutlinedMZ;

/** The proposals at the left, the one that is chosen at the right in pages, and what may be said of it below. */
final class ReviewView {
    private final Desk desk;
    private final Texts texts;
    private final ReviewViewModel model;
    private final FilesView files;
    private final ImpactView impact;
    private final SayingView saying;
    private final Parent root;
    private boolean listing;

    @FXML
    private StatePane all;

    @FXML
    private ListView<PolicyProposal> list;

    @FXML
    private StatePane chosen;

    @FXML
    private BorderPane one;

    @FXML
    private Label title;

    @FXML
    private Label about;

    @FXML
    private HBox badge;

    @FXML
    private TabPane tabs;

    @FXML
    private ListView<SummaryRow> summary;

    @FXML
    private Tab filesTab;

    @FXML
    private Tab testsTab;

    @FXML
    private Tab impactTab;

    @FXML
    private ListView<PolicyProposal.Test> tests;

    @SuppressWarnings("NullAway.Init") // what the fxml fills in
    ReviewView(Desk desk, ReviewViewModel model, SayingViewModel says, ReplayViewModel replays) {
        this.desk = desk;
        this.texts = desk.texts();
        this.model = model;
        this.saying = new SayingView(desk, model, says);
        this.files = new FilesView(desk, model, saying::write);
        this.impact = new ImpactView(desk, model, replays);
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
                        saying::approve,
                        model.may().map(ReviewViewModel.May::approve)),
                new Action(
                        texts.get("review.reject"),
                        null,
                        saying::reject,
                        model.may().map(ReviewViewModel.May::reject)),
                new Action(
                        texts.get("review.comment"),
                        new KeyCodeCombination(KeyCode.M, KeyCombination.SHORTCUT_DOWN),
                        saying::comment,
                        model.may().map(ReviewViewModel.May::comment)),
                new Action(
                        texts.get("review.comment.line"),
                        new KeyCodeCombination(KeyCode.M, KeyCombination.SHORTCUT_DOWN, KeyCombination.SHIFT_DOWN),
                        files::comment),
                new Action(
                        texts.get("review.replay"),
                        null,
                        impact::replay,
                        model.may().map(ReviewViewModel.May::replay)));
    }

    @FXML
    private void initialize() {
        filesTab.setContent(files.root());
        impactTab.setContent(impact.root());
        one.setBottom(saying.root());
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
        summary.setCellFactory(made -> new SummaryCell(desk, this::go));
        tests.setCellFactory(made -> new TestCell(texts));
        model.proposals().state().subscribe(state -> listed(state.value()));
        model.one().state().subscribe(state -> show(state.value()));
        desk.times().whenTold(list, list::refresh);
        desk.times().whenTold(one, () -> {
            show(model.shown());
            summary.refresh();
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
                .filter(each -> each.shortName().equals(model.name()))
                .findFirst()
                .orElse(model.name().isEmpty() && !proposals.isEmpty() ? proposals.getFirst() : null);
        if (here != null) {
            list.getSelectionModel().select(here);
        }
    }

    // --- The one

    private void show(@Nullable Reviewed reviewed) {
        if (reviewed == null) {
            return;
        }
        PolicyProposal proposal = reviewed.proposal();
        title.setText(proposal.title().isBlank() ? proposal.shortName() : proposal.title());
        about.setText(texts.get(
                "review.about",
                proposal.shortName(),
                proposal.author(),
                ReviewViewModel.brief(proposal.commit()),
                desk.times().full(proposal.changedAt())));
        about.setTooltip(new Tooltip(proposal.commit()));
        badge.getChildren().setAll(ProposalCell.state(texts, proposal));
        keep(summary, Summary.of(proposal, texts, desk.times()));
        files.show(reviewed);
        long changed = reviewed.rows().stream()
                .filter(row -> row.kind() == DiffRow.Kind.FILE)
                .count();
        filesTab.setText(texts.get("review.tab.files.count", changed));
        List<PolicyProposal.Test> cases = proposal.fault().isPresent() ? List.of() : proposal.tests();
        keep(tests, cases);
        testsTab.setText(texts.get("review.tab.tests.count", cases.size()));
        Impact found = reviewed.impact();
        impact.show(found);
        impactTab.setText(
                found == null
                        ? texts.get("review.tab.impact")
                        : texts.get("review.tab.impact.count", found.changes().size()));
    }

    /** What is there already stays as it is, and where it was scrolled to. */
    private static <T> void keep(ListView<T> list, List<T> rows) {
        if (!list.getItems().equals(rows)) {
            list.getItems().setAll(rows);
        }
    }

    /** Shows the line that a comment is about. */
    private void go(Place place) {
        tabs.getSelectionModel().select(filesTab);
        files.go(place);
    }
}
