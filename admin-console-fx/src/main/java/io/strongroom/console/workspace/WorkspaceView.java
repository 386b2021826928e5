package io.strongroom.console.workspace;

import io.strongroom.console.desk.Action;
import io.strongroom.console.desk.Desk;
import io.strongroom.console.look.Fxml;
import io.strongroom.console.look.StatePane;
import io.strongroom.console.look.WhyNot;
import io.strongroom.console.rules.RulesClone;
import io.strongroom.console.text.Texts;
import io.strongroom.console.work.Trouble;
import io.strongroom.evidence.Printable;
import io.strongroom.policies.BundleFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TreeView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.layout.StackPane;
import org.kordamp.ikonli.material2.Material2OutlinedAL;

/** The drafts above, the files at the left, the one that is open at the right, and below what is known of it all. */
final class WorkspaceView {
    /** What is opened first, where it is there. */
    private static final String FIRST = "masking.yaml";

    /** How much of the height the editor has. */
    private static final double EDITOR = 0.68;

    private final Desk desk;
    private final Texts texts;
    private final WorkspaceViewModel model;
    private final Editor code;
    private final FindingsView findings;
    private final Parent root;
    private FilesTree tree;
    private String open = "";
    private boolean filling;

    @FXML
    private StatePane state;

    @FXML
    private ComboBox<String> branch;

    @FXML
    private Button begin;

    @FXML
    private Button follow;

    @FXML
    private Button discard;

    @FXML
    private Button commit;

    @FXML
    private Button propose;

    @FXML
    private Label why;

    @FXML
    private TreeView<String> files;

    @FXML
    private Label path;

    @FXML
    private Label readOnly;

    @FXML
    private StackPane editor;

    @FXML
    private SplitPane work;

    @SuppressWarnings("NullAway.Init") // what the fxml fills in
    WorkspaceView(Desk desk, WorkspaceViewModel model) {
        this.desk = desk;
        this.texts = desk.texts();
        this.model = model;
        this.code = new Editor(desk.background(), texts.get("workspace.editor"), this::typed);
        this.findings = new FindingsView(texts, this::go);
        this.root = Fxml.load(this, texts);
    }

    Parent root() {
        return root;
    }

    List<Action> actions() {
        return List.of(
                new Action(
                                texts.get("workspace.begin"),
                                key(KeyCode.N),
                                this::begin,
                                model.may().map(May::begin))
                        .beginning(),
                new Action(
                                texts.get("workspace.commit"),
                                key(KeyCode.S),
                                this::commit,
                                model.may().map(May::commit))
                        .beginning(),
                new Action(
                                texts.get("workspace.propose"),
                                key(KeyCode.ENTER),
                                this::propose,
                                model.may().map(May::propose))
                        .beginning(),
                new Action(
                                texts.get("workspace.add"),
                                null,
                                this::add,
                                model.may().map(May::edit))
                        .beginning(),
                new Action(texts.get("workspace.next"), new KeyCodeCombination(KeyCode.F8), findings::next));
    }

    private static KeyCodeCombination key(KeyCode code) {
        return new KeyCodeCombination(code, KeyCombination.SHORTCUT_DOWN);
    }

    @FXML
    private void initialize() {
        state.bind(
                model.draft().state(),
                texts,
                draft -> draft.files().isEmpty(),
                new StatePane.Nothing(
                        Material2OutlinedAL.EDIT, texts.get("workspace.none"), texts.get("workspace.none.why")),
                model::open);
        editor.getChildren().setAll(code.view());
        work.getItems().add(findings.root());
        SplitPane.setResizableWithParent(findings.root(), false);
        work.setDividerPositions(EDITOR);
        tree = new FilesTree(files, model, texts, this::show, this::add, this::delete);
        branch.setOnAction(chosen -> {
            String next = branch.getValue();
            RulesClone.State now = model.now();
            if (!filling && next != null && now != null && !next.equals(named(now))) {
                model.check(next.equals(texts.get("workspace.main")) ? "" : next);
            }
        });
        model.draft().state().subscribe(now -> {
            if (now.value() != null) {
                stands(now.value().state());
            }
        });
        model.checked().subscribe(known -> checked());
        model.may().subscribe(may -> may());
        model.unchecked().subscribe(trouble -> may());
    }

    // --- Branches and files

    private String named(RulesClone.State now) {
        return now.isDraft() ? now.draft() : texts.get("workspace.main");
    }

    private void stands(RulesClone.State now) {
        filling = true;
        List<String> all = new ArrayList<>(now.drafts());
        all.addFirst(texts.get("workspace.main"));
        if (!branch.getItems().equals(all)) {
            branch.getItems().setAll(all);
        }
        branch.setValue(named(now));
        filling = false;
        tree.show(now.files(), open);
        if (!now.files().contains(open) && !now.files().isEmpty()) {
            show(now.files().contains(FIRST) ? FIRST : now.files().iterator().next());
        }
        may();
    }

    /** Opens a file, as its path. */
    void choose(String which) {
        if (tree.has(which)) {
            show(which);
        }
    }

    private void show(String which) {
        open = which;
        path.setText(Printable.of(which));
        tree.select(which);
        load();
        checked();
    }

    private void load() {
        String text = model.text(open);
        code.load(text == null ? "" : text, text != null && model.may().get().edit() == null);
    }

    private void typed(String text) {
        if (!open.isEmpty()) {
            model.typed(open, text);
        }
    }

    private void checked() {
        Checked known = model.checked().get();
        findings.show(known);
        code.mark(
                known == null
                        ? List.of()
                        : known.faults().stream()
                                .filter(fault -> fault.file().equals(open))
                                .toList());
        tree.refresh();
    }

    private void go(String file, int line) {
        if (tree.has(file)) {
            if (!file.equals(open)) {
                show(file);
            }
            code.go(line);
        }
    }

    // --- What can be done

    private void may() {
        May may = model.may().get();
        WhyNot.able(begin, may.begin());
        WhyNot.able(follow, may.follow());
        WhyNot.able(commit, may.commit());
        WhyNot.able(discard, may.commit());
        WhyNot.able(propose, may.propose());
        RulesClone.State now = model.now();
        follow.setVisible(now != null && now.behind() > 0);
        follow.setManaged(follow.isVisible());
        branch.setDisable(
                now == null || !now.changed().isEmpty() || model.acting().get());
        readOnly.setText(may.edit() == null ? "" : texts.get("workspace.readonly"));
        why.setText(whyNot(may));
        load();
    }

    private String whyNot(May may) {
        Trouble unchecked = model.unchecked().get();
        if (unchecked != null) {
            return texts.get("workspace.why.unknown", unchecked.line());
        }
        return may.propose() == null ? texts.get("workspace.ready") : may.propose();
    }

    @FXML
    private void begin() {
        ask("workspace.begin.title", "workspace.begin.label", "workspace.begin.do", name -> {
            if (WorkspaceViewModel.isName(name)) {
                model.begin(name);
            } else {
                refused("workspace.begin.failed", "workspace.begin.wrong");
            }
        });
    }

    @FXML
    private void follow() {
        model.follow();
    }

    @FXML
    private void discard() {
        desk.dialogs()
                .confirm(
                        texts.get("workspace.discard.title"),
                        texts.get("workspace.discard.text"),
                        texts.get("workspace.discard.do"),
                        model::discard);
    }

    @FXML
    private void commit() {
        ask("workspace.commit.title", "workspace.commit.label", "workspace.commit.do", model::commit);
    }

    @FXML
    private void propose() {
        ask("workspace.propose.title", "workspace.propose.label", "workspace.propose.do", model::propose);
    }

    private void add() {
        ask("workspace.add.title", "workspace.add.label", "workspace.add.do", name -> {
            if (BundleFiles.isPath(name) && !tree.has(name)) {
                open = name;
                model.add(name);
            } else {
                refused("workspace.add.failed", "workspace.add.wrong");
            }
        });
    }

    private void delete(String which) {
        desk.dialogs()
                .confirm(
                        texts.get("workspace.delete.title", Printable.of(which)),
                        texts.get("workspace.delete.text"),
                        texts.get("workspace.delete"),
                        () -> model.delete(which));
    }

    private void ask(String title, String label, String action, Consumer<String> done) {
        desk.dialogs().text(texts.get(title), texts.get(label), texts.get(action), false, done);
    }

    private void refused(String what, String why) {
        desk.dialogs().failed(texts.get(what), new Trouble(Trouble.Kind.REFUSED, texts.get(why), "", "", null));
    }
}
