package io.strongroom.console.pack;

import io.strongroom.console.look.Cells;
import io.strongroom.console.look.Columns;
import io.strongroom.console.look.Sign;
import io.strongroom.console.text.Texts;
import io.strongroom.evidence.Digest;
import io.strongroom.evidence.Printable;
import io.strongroom.evidence.Rfc3339;
import io.strongroom.evidence.pack.verify.PackFacts;
import io.strongroom.evidence.pack.verify.PackPolicy;
import io.strongroom.evidence.pack.verify.PackWithheld;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import javafx.collections.FXCollections;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** The policies that decided over a pack's entries, who approved them, and what its reader was not shown for them. */
public final class PolicyView {
    private static final double ROW = 33;
    private static final int MOST_ROWS = 8;

    private final PackViewModel model;
    private final Texts texts;
    private final Sheet sheet;

    @FXML
    private SplitPane split;

    @FXML
    private ScrollPane overview;

    @FXML
    private VBox policies;

    @FXML
    private VBox filePane;

    @FXML
    private Label fileName;

    @FXML
    private TextArea fileText;

    PolicyView(PackViewModel model, Texts texts) {
        this.model = model;
        this.texts = texts;
        this.sheet = new Sheet(texts);
    }

    @FXML
    private void initialize() {
        split.getItems().remove(filePane);
        model.papers().value().subscribe(this::show);
        model.policyText().value().subscribe(this::show);
        model.policyText().failure().subscribe(why -> {
            if (why != null) {
                show(new PackViewModel.PolicyText("", "", PackViewModel.told(why)));
            }
        });
    }

    private void show(@Nullable Papers papers) {
        policies.getChildren().clear();
        overview.setVvalue(0);
        closeFile();
        var ladder = model.ladder().get();
        if (papers == null || ladder == null) {
            return;
        }
        for (PackPolicy policy : papers.policies()) {
            policies.getChildren().add(policy(policy, ladder.facts()));
        }
        for (Digest missing : ladder.facts().policiesNotHere()) {
            policies.getChildren()
                    .add(sheet.section(new Section(
                            PolicyFacts.name(missing, texts),
                            List.of(PolicyFacts.decided(missing, ladder.facts(), texts)),
                            texts.get("pack.policy.missing"))));
        }
        policies.getChildren().add(withheld(papers.withheld(), ladder.facts()));
    }

    private Node policy(PackPolicy policy, PackFacts facts) {
        VBox box = sheet.section(
                new Section(PolicyFacts.name(policy.bundle(), texts), PolicyFacts.of(policy, facts, texts), ""));
        if (policy.activations().isEmpty()) {
            box.getChildren().add(Sheet.remark(Sign.NEUTRAL, texts.get("pack.policy.unapproved")));
        }
        policy.activations().forEach(inForce -> box.getChildren().add(inForce(inForce)));
        box.getChildren().add(files(policy));
        return box;
    }

    private Node inForce(PackPolicy.InForce inForce) {
        VBox box = new VBox(
                Sheet.remark(
                        inForce.sufficient() ? Sign.HOLDS : Sign.DOUBTFUL,
                        texts.get(
                                inForce.sufficient() ? "pack.policy.approved" : "pack.policy.insufficient",
                                Rfc3339.format(inForce.at()),
                                inForce.seq())),
                sheet.facts(PolicyFacts.of(inForce, texts)));
        box.getStyleClass().add("sheet-remarks");
        return box;
    }

    private Node files(PackPolicy policy) {
        FlowPane links = new FlowPane();
        links.getStyleClass().add("sheet-links");
        policy.files().forEach((file, bytes) -> {
            Hyperlink link = new Hyperlink(Printable.of(file));
            link.setOnAction(asked -> model.read(policy, file));
            links.getChildren().add(link);
        });
        Label title = Sheet.label(texts.get("pack.policy.files"), "text-muted");
        title.setMinWidth(Sheet.NAMES);
        HBox row = new HBox(title, links);
        HBox.setHgrow(links, Priority.ALWAYS);
        row.getStyleClass().add("sheet-files");
        return row;
    }

    private Node withheld(PackWithheld withheld, PackFacts facts) {
        VBox box = sheet.section(
                new Section(texts.get("pack.withheld"), List.of(), PolicyFacts.note(withheld, facts, texts)));
        if (!withheld.fields().isEmpty()) {
            box.getChildren().add(table(withheld));
        }
        List<Fact> records = new ArrayList<>();
        withheld.records()
                .forEach((reason, count) -> records.add(Fact.of(
                        texts.get("pack.withheld.records"), texts.get("pack.withheld.because", count, reason))));
        if (!records.isEmpty()) {
            box.getChildren().add(sheet.facts(records));
        }
        return box;
    }

    private Node table(PackWithheld withheld) {
        TableView<PackWithheld.Hidden> table = new TableView<>(FXCollections.observableArrayList(withheld.fields()));
        table.getStyleClass().addAll("dense", "bordered");
        table.setAccessibleText(texts.get("pack.withheld"));
        Columns.share(table);
        column(table, "pack.withheld.field", 180, PackWithheld.Hidden::pointer);
        column(table, "pack.withheld.class", 120, PackWithheld.Hidden::classification);
        column(
                table,
                "pack.withheld.shown",
                110,
                hidden -> hidden.mask() == null ? texts.get("pack.withheld.hidden") : hidden.mask());
        column(table, "pack.withheld.rule", 260, PackWithheld.Hidden::reason);
        column(table, "pack.withheld.count", 80, hidden -> texts.number(hidden.records()));
        table.setPrefHeight(ROW * (1 + Math.min(MOST_ROWS, withheld.fields().size())) + 4);
        table.setMinHeight(table.getPrefHeight());
        return table;
    }

    private void column(
            TableView<PackWithheld.Hidden> table,
            String title,
            double width,
            Function<PackWithheld.Hidden, @Nullable String> text) {
        TableColumn<PackWithheld.Hidden, String> column = new TableColumn<>(texts.get(title));
        Cells.text(column, text);
        column.setPrefWidth(width);
        column.setSortable(false);
        column.setReorderable(false);
        table.getColumns().add(column);
    }

    private void show(PackViewModel.@Nullable PolicyText text) {
        if (text == null) {
            closeFile();
            return;
        }
        fileName.setText(
                text.file().isEmpty()
                        ? ""
                        : texts.get(
                                "pack.policy.file.of",
                                Printable.of(text.file()),
                                text.bundle().substring(0, 16) + "…"));
        fileText.setText(text.text());
        fileText.setScrollTop(0);
        if (!split.getItems().contains(filePane)) {
            split.getItems().add(filePane);
            split.setDividerPositions(0.45);
        }
        fileText.requestFocus();
    }

    @FXML
    private void closeFile() {
        split.getItems().remove(filePane);
    }
}
