package io.strongroom.console.workspace;

import io.strongroom.console.look.RowMenu;
import io.strongroom.console.look.Sign;
import io.strongroom.console.rules.RulesClone;
import io.strongroom.console.text.Texts;
import io.strongroom.evidence.Printable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TreeCell;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeView;
import org.jspecify.annotations.Nullable;

/** The files of a draft, in their folders: what was changed, and what something is wrong with. */
final class FilesTree {
    private final TreeView<String> tree;
    private final WorkspaceViewModel model;
    private final Texts texts;
    private final Runnable add;
    private final Consumer<String> delete;
    private final Map<String, TreeItem<String>> byPath = new HashMap<>();
    private boolean filling;

    /** @param open is told which file the officer chose, and {@code delete} which one they want gone */
    FilesTree(
            TreeView<String> tree,
            WorkspaceViewModel model,
            Texts texts,
            Consumer<String> open,
            Runnable add,
            Consumer<String> delete) {
        this.tree = tree;
        this.model = model;
        this.texts = texts;
        this.add = add;
        this.delete = delete;
        tree.setRoot(new TreeItem<>(""));
        tree.setCellFactory(view -> new FileCell());
        RowMenu.on(tree, (items, column) -> fill(items));
        tree.getSelectionModel().selectedItemProperty().subscribe(item -> {
            if (item != null && item.isLeaf() && !filling) {
                open.accept(item.getValue());
            }
        });
    }

    private void fill(List<MenuItem> items) {
        TreeItem<String> chosen = tree.getSelectionModel().getSelectedItem();
        String whyNot = model.may().get().edit();
        MenuItem made = new MenuItem(texts.get("workspace.add"));
        made.setOnAction(pressed -> add.run());
        made.setDisable(whyNot != null);
        items.add(made);
        if (chosen != null && has(chosen.getValue())) {
            MenuItem remove = new MenuItem(texts.get("workspace.delete"));
            remove.setOnAction(pressed -> delete.accept(chosen.getValue()));
            remove.setDisable(whyNot != null);
            items.add(remove);
        }
        if (whyNot != null) {
            items.add(RowMenu.whyNot(whyNot));
        }
    }

    boolean has(String path) {
        return byPath.containsKey(path);
    }

    /** Shows these files, and of them the one that is open. */
    void show(Set<String> paths, String open) {
        if (!byPath.keySet().equals(paths)) {
            build(paths);
            select(open);
        }
        tree.refresh();
    }

    /** Signs are others by now. */
    void refresh() {
        tree.refresh();
    }

    /** Marks the file that is open. */
    void select(String path) {
        TreeItem<String> item = byPath.get(path);
        if (item != null && tree.getSelectionModel().getSelectedItem() != item) {
            filling = true;
            tree.getSelectionModel().select(item);
            filling = false;
        }
    }

    /** Folders above, files under them. */
    private void build(Set<String> paths) {
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
        filling = true;
        tree.setRoot(top);
        filling = false;
    }

    private final class FileCell extends TreeCell<String> {
        @Override
        protected void updateItem(@Nullable String item, boolean empty) {
            super.updateItem(item, empty);
            setGraphic(null);
            setText(null);
            if (empty || item == null) {
                return;
            }
            RulesClone.State now = model.now();
            Checked known = model.checked().get();
            boolean changed = now != null && now.changed().contains(item);
            boolean wrong = known != null
                    && known.faults().stream().anyMatch(fault -> fault.file().equals(item));
            String name = Printable.of(item.substring(item.lastIndexOf('/') + 1));
            setText(changed ? texts.get("workspace.file.changed", name) : name);
            setGraphic(wrong ? Sign.FAILS.icon() : null);
        }
    }
}
