package io.strongroom.console.workspace;

import io.strongroom.console.desk.Action;
import io.strongroom.console.desk.Desk;
import io.strongroom.console.look.Fxml;
import io.strongroom.console.look.Sign;
import io.strongroom.console.look.StatePane;
import io.strongroom.console.rules.RulesClone;
import io.strongroom.console.text.Texts;
import io.strongroom.evidence.Printable;
import io.strongroom.policies.BundleFiles;
import io.strongroom.policies.Fault;
import io.strongroom.policies.check.TestReport;
import io.strongroom.policies.diff.Change;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.fxml.FXML;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.Tooltip;
import javafx.scene.control.TreeCell;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.material2.Material2OutlinedAL;

/** The drafts above, the files at the left, the one that is open at the right, and below what is known of it all. */
final class WorkspaceView {
    private final Desk desk;
    private final Texts texts;
    private final WorkspaceViewModel model;
    private final Editor code;
    private final Parent root;
    private final Map<String, TreeItem<String>> byPath = new HashMap<>();
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
    private TabPane tabs;

    @FXML
    private Tab faultsTab;

    @FXML
    private Tab testsTab;

    @FXML
    private Tab changesTab;

    @FXML
    private ListView<Fault> faults;

    @FXML
    private ListView<TestReport.Case> tests;

    @FXML
    private ListView<Change> changes;

    @SuppressWarnings("NullAway.Init") // what the fxml fills in
    WorkspaceView(Desk desk, WorkspaceViewModel model) {
        this.desk = desk;
        this.texts = desk.texts();
        this.model = model;
        this.code = new Editor(desk.background(), texts.get("workspace.editor"), this::typed);
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
                        model.may().map(WorkspaceViewModel.May::begin)),
                new Action(
                        texts.get("workspace.commit"),
                        key(KeyCode.S),
                        this::commit,
                        model.may().map(WorkspaceViewModel.May::commit)),
                new Action(
                        texts.get("workspace.propose"),
                        key(KeyCode.ENTER),
                        this::propose,
                        model.may().map(WorkspaceViewModel.May::propose)),
                new Action(
                        texts.get("workspace.add"), null, this::add, model.may().map(WorkspaceViewModel.May::edit)),
                new Action(texts.get("workspace.next"), new KeyCodeCombination(KeyCode.F8), this::next));
    }

    private static KeyCodeCombination key(KeyCode code) {
        return new KeyCodeCombination(code, KeyCombination.SHORTCUT_DOWN);
    }

    @FXML
    private void initialize() {
        state.bind(
                model.state().state(),
                texts,
                all -> all.files().isEmpty(),
                new StatePane.Nothing(
                        Material2OutlinedAL.EDIT, texts.get("workspace.none"), texts.get("workspace.none.why")),
                model::open);
        editor.getChildren().setAll(code.view());
        files.setRoot(new TreeItem<>(""));
        files.setCellFactory(tree -> new FileCell());
        files.getSelectionModel().selectedItemProperty().subscribe(item -> {
            if (item != null && item.isLeaf() && !filling) {
                show(item.getValue());
            }
        });
        branch.setOnAction(chosen -> {
            String next = branch.getValue();
            RulesClone.State now = model.state().state().get().value();
            if (!filling && next != null && now != null && !next.equals(named(now))) {
                model.check(next.equals(texts.get("workspace.main")) ? "" : next);
            }
        });
        faults.setCellFactory(list -> cell(this::faulty));
        faults.setOnMouseClicked(clicked -> go(faults.getSelectionModel().getSelectedItem()));
        faults.setOnKeyPressed(pressed -> {
            if (pressed.getCode() == KeyCode.ENTER) {
                go(faults.getSelectionModel().getSelectedItem());
            }
        });
        tests.setCellFactory(list -> cell(this::tested));
        tests.setOnMouseClicked(clicked -> {
            TestReport.Case test = tests.getSelectionModel().getSelectedItem();
            if (test != null) {
                go(test.file(), test.line());
            }
        });
        changes.setCellFactory(list -> cell(this::changed));
        faults.setPlaceholder(muted("workspace.faults.none"));
        tests.setPlaceholder(muted("workspace.tests.none"));
        changes.setPlaceholder(muted("workspace.changes.none"));
        model.state().state().subscribe(now -> {
            if (now.value() != null) {
                stands(now.value());
            }
        });
        model.checked().subscribe(this::checked);
        model.may().subscribe(this::may);
        model.onReread(reread -> reload());
    }

    private Label muted(String key) {
        Label label = new Label(texts.get(key));
        label.getStyleClass().add("text-muted");
        return label;
    }

    // --- Branches and files

    private String named(RulesClone.State now) {
        return now.isDraft() ? now.draft() : texts.get("workspace.main");
    }

    private void stands(RulesClone.State now) {
        filling = true;
        List<String> all = new java.util.ArrayList<>(now.drafts());
        all.addFirst(texts.get("workspace.main"));
        if (!branch.getItems().equals(all)) {
            branch.getItems().setAll(all);
        }
        branch.setValue(named(now));
        tree(now.files());
        filling = false;
        if (!now.files().contains(open) && !now.files().isEmpty()) {
            show(
                    now.files().contains("masking.yaml")
                            ? "masking.yaml"
                            : now.files().iterator().next());
        }
        files.refresh();
        may(model.may().get());
    }

    /** Folders above, files under them. */
    private void tree(Set<String> paths) {
        if (byPath.keySet().equals(paths)) {
            return;
        }
        byPath.clear();
        TreeItem<String> top = new TreeItem<>("");
        Map<String, TreeItem<String>> folders = new HashMap<>();
        for (String each : paths) {
            TreeItem<String> above = top;
            for (int slash = each.indexOf('/'); slash > 0; slash = each.indexOf('/', slash + 1)) {
                TreeItem<String> parent = above;
                above = folders.computeIfAbsent(each.substring(0, slash), name -> {
                    TreeItem<String> folder = new TreeItem<>(name);
                    folder.setExpanded(true);
                    parent.getChildren().add(folder);
                    return folder;
                });
            }
            TreeItem<String> leaf = new TreeItem<>(each);
            above.getChildren().add(leaf);
            byPath.put(each, leaf);
        }
        files.setRoot(top);
        if (byPath.containsKey(open)) {
            files.getSelectionModel().select(byPath.get(open));
        }
    }

    /** Opens a file, as its path. */
    void choose(String which) {
        if (byPath.containsKey(which)) {
            show(which);
        }
    }

    private void show(String which) {
        open = which;
        path.setText(Printable.of(which));
        TreeItem<String> item = byPath.get(which);
        if (item != null && files.getSelectionModel().getSelectedItem() != item) {
            filling = true;
            files.getSelectionModel().select(item);
            filling = false;
        }
        reload();
    }

    private void reload() {
        String text = model.text(open);
        code.load(text == null ? "" : text, text != null && model.may().get().edit() == null);
        checked(model.checked().get());
    }

    private void typed(String text) {
        if (!open.isEmpty()) {
            model.typed(open, text);
        }
    }

    private final class FileCell extends TreeCell<String> {
        @Override
        protected void updateItem(@Nullable String item, boolean empty) {
            super.updateItem(item, empty);
            setGraphic(null);
            setText(null);
            setContextMenu(null);
            if (empty || item == null) {
                return;
            }
            RulesClone.State now = model.state().state().get().value();
            Checked known = model.checked().get();
            boolean changed = now != null && now.changed().contains(item);
            boolean wrong = known != null
                    && known.faults().stream().anyMatch(fault -> fault.file().equals(item));
            String name = Printable.of(item.substring(item.lastIndexOf('/') + 1));
            setText(changed ? texts.get("workspace.file.changed", name) : name);
            setGraphic(wrong ? Sign.FAILS.icon() : null);
            MenuItem remove = new MenuItem(texts.get("workspace.delete"));
            remove.setOnAction(pressed -> delete(item));
            MenuItem made = new MenuItem(texts.get("workspace.add"));
            made.setOnAction(pressed -> add());
            boolean edit = model.may().get().edit() == null;
            remove.setDisable(!edit || !byPath.containsKey(item));
            made.setDisable(!edit);
            setContextMenu(new ContextMenu(made, remove));
        }
    }

    // --- What is known of it

    private void checked(@Nullable Checked known) {
        List<Fault> found = known == null ? List.of() : known.faults();
        List<TestReport.Case> cases = known == null || known.tests() == null
                ? List.of()
                : known.tests().cases();
        faults.getItems().setAll(found);
        tests.getItems()
                .setAll(cases.stream()
                        .sorted(java.util.Comparator.comparing(TestReport.Case::passed))
                        .toList());
        changes.getItems().setAll(known == null ? List.of() : known.changes());
        long failed = cases.stream().filter(test -> !test.passed()).count();
        faultsTab.setText(texts.get("workspace.tab.faults", found.size()));
        testsTab.setText(
                failed > 0
                        ? texts.get("workspace.tab.tests.failed", failed, cases.size())
                        : texts.get("workspace.tab.tests", cases.size()));
        changesTab.setText(texts.get("workspace.tab.changes", changes.getItems().size()));
        faultsTab.setGraphic(found.isEmpty() ? null : Sign.FAILS.icon());
        testsTab.setGraphic(cases.isEmpty() ? null : (failed > 0 ? Sign.FAILS : Sign.HOLDS).icon());
        code.mark(found.stream().filter(fault -> fault.file().equals(open)).toList());
        files.refresh();
    }

    private <T> ListCell<T> cell(Function<T, Node> draw) {
        return new ListCell<>() {
            @Override
            protected void updateItem(@Nullable T item, boolean empty) {
                super.updateItem(item, empty);
                setGraphic(empty || item == null ? null : draw.apply(item));
            }
        };
    }

    private Node faulty(Fault fault) {
        String place = fault.line() == 0
                ? fault.file()
                : texts.get("workspace.place", fault.file(), String.valueOf(fault.line()));
        return row(Sign.FAILS, place, List.of(fault.reason(), fault.remedy()), false);
    }

    private Node tested(TestReport.Case test) {
        return row(
                test.passed() ? Sign.HOLDS : Sign.FAILS,
                texts.get("workspace.place", test.file(), String.valueOf(test.line())),
                java.util.stream.Stream.concat(java.util.stream.Stream.of(test.name()), test.failures().stream())
                        .toList(),
                true);
    }

    private Node changed(Change change) {
        return row(
                Sign.NEUTRAL,
                texts.get("review.area." + change.area().name().toLowerCase(java.util.Locale.ROOT)),
                List.of(change.toString()),
                false);
    }

    private static Node row(Sign sign, String place, List<String> lines, boolean restMono) {
        VBox told = new VBox(1);
        for (String line : lines) {
            Label label = new Label(Printable.of(line));
            if (line != lines.getFirst()) {
                label.getStyleClass().add(restMono ? "mono" : "text-muted");
            }
            told.getChildren().add(label);
        }
        Label where = new Label(Printable.of(place));
        where.getStyleClass().addAll("text-muted", "small");
        where.setMinWidth(190);
        HBox row = new HBox(10, sign.icon(), where, told);
        row.setAlignment(Pos.CENTER_LEFT);
        row.getStyleClass().add("fault-row");
        return row;
    }

    private void go(@Nullable Fault fault) {
        if (fault != null) {
            go(fault.file(), fault.line());
        }
    }

    private void go(String file, int line) {
        if (byPath.containsKey(file)) {
            if (!file.equals(open)) {
                show(file);
            }
            code.go(line);
        }
    }

    /** Goes from one thing that is wrong to the next. */
    private void next() {
        if (!faults.getItems().isEmpty()) {
            int at = (faults.getSelectionModel().getSelectedIndex() + 1)
                    % faults.getItems().size();
            faults.getSelectionModel().select(at);
            go(faults.getItems().get(at));
        }
    }

    // --- What can be done

    private void may(WorkspaceViewModel.May may) {
        able(begin, may.begin());
        able(follow, may.follow());
        able(commit, may.commit());
        able(discard, may.commit());
        able(propose, may.propose());
        RulesClone.State now = model.state().state().get().value();
        follow.setVisible(now != null && now.behind() > 0);
        follow.setManaged(follow.isVisible());
        branch.setDisable(
                now == null || !now.changed().isEmpty() || model.acting().get());
        readOnly.setText(may.edit() == null ? "" : texts.get("workspace.readonly"));
        why.setText(may.propose() == null ? texts.get("workspace.ready") : may.propose());
        String text = model.text(open);
        code.load(text == null ? "" : text, text != null && may.edit() == null);
    }

    private static void able(Button button, @Nullable String whyNot) {
        button.setDisable(whyNot != null);
        button.setTooltip(whyNot == null || whyNot.isEmpty() ? null : new Tooltip(whyNot));
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
            if (BundleFiles.isPath(name) && !byPath.containsKey(name)) {
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
        desk.dialogs()
                .failed(
                        texts.get(what),
                        new io.strongroom.console.work.Trouble(
                                io.strongroom.console.work.Trouble.Kind.REFUSED, texts.get(why), "", "", null));
    }
}
