package io.strongroom.console.pack;

import io.strongroom.console.look.Sign;
import io.strongroom.console.look.ValueKeys;
import io.strongroom.console.text.Texts;
import io.strongroom.evidence.Printable;
import io.strongroom.evidence.pack.verify.Failure;
import io.strongroom.evidence.pack.verify.Finding;
import io.strongroom.evidence.pack.verify.Ladder;
import io.strongroom.evidence.pack.verify.Verdict;
import java.util.Optional;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** Says how far up a pack holds. */
public final class VerdictView {
    private final Texts texts;

    @FXML
    private HBox headline;

    @FXML
    private VBox failure;

    @FXML
    private VBox rungs;

    @FXML
    private VBox findings;

    VerdictView(Texts texts) {
        this.texts = texts;
    }

    void show(Ladder ladder) {
        String said = Outcomes.verdict(ladder);
        Sign sign = Outcomes.sign(ladder);
        headline.getStyleClass().setAll("headline", sign.style());
        headline.getChildren()
                .setAll(sign.icon(), titles(label(texts.get(said), "title"), label(texts.get(said + ".why"))));
        rungs.getChildren()
                .setAll(ladder.verdicts().stream()
                        .map(verdict -> rung(verdict, ladder))
                        .toList());
        findings.getChildren()
                .setAll(ladder.findings().stream().map(this::finding).toList());
        show(ladder.failure());
    }

    private Node rung(Verdict verdict, Ladder ladder) {
        return row(
                Outcomes.sign(verdict, ladder),
                texts.get("rung." + verdict.rung()),
                texts.get("outcome." + verdict.outcome()),
                texts.get(Outcomes.sentence(verdict, ladder)));
    }

    private Node finding(Finding finding) {
        return row(
                Outcomes.sign(finding),
                texts.get("finding." + finding.kind()),
                texts.get(Outcomes.word(finding)),
                Said.of(finding, texts));
    }

    private static Node row(Sign sign, String name, String word, String sentence) {
        Label title = label(name, "strong");
        Label said = label(word, "text-muted");
        HBox top = new HBox(8, title, said);
        HBox row = new HBox(sign.icon(), titles(top, label(sentence)));
        row.getStyleClass().add("rung");
        row.setAccessibleText(name + ", " + word + ": " + sentence);
        return row;
    }

    private void show(Optional<Failure> found) {
        boolean there = found.isPresent();
        failure.setVisible(there);
        failure.setManaged(there);
        failure.getChildren().clear();
        if (found.isEmpty()) {
            return;
        }
        Failure at = found.get();
        ValueKeys keys = new ValueKeys(texts.get("copy"));
        failure.getChildren().add(label(texts.get("failure.title"), "strong"));
        fact(keys, "failure.file", at.file() == null ? texts.get("failure.whole") : at.file());
        if (at.place() != null) {
            fact(keys, "failure.place", Long.toString(at.place()));
        }
        fact(keys, "failure.expected", at.expected());
        fact(keys, "failure.found", at.found());
    }

    private void fact(ValueKeys keys, String key, String value) {
        Label told = label(Printable.of(value), "mono");
        keys.add(told);
        failure.getChildren().add(new VBox(label(texts.get(key), "text-muted"), told));
    }

    private static VBox titles(Node... nodes) {
        VBox titles = new VBox(nodes);
        titles.getStyleClass().add("titles");
        HBox.setHgrow(titles, Priority.ALWAYS);
        return titles;
    }

    private static Label label(String text, String... styles) {
        Label label = new Label(text);
        label.setWrapText(true);
        label.getStyleClass().addAll(styles);
        return label;
    }
}
