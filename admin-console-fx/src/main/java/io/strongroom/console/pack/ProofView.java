package io.strongroom.console.pack;

import io.strongroom.console.look.Sign;
import io.strongroom.console.text.Texts;
import io.strongroom.evidence.Digest;
import io.strongroom.evidence.Rfc3339;
import io.strongroom.evidence.ledger.Entry;
import io.strongroom.evidence.pack.verify.PackProof;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;
import org.jspecify.annotations.Nullable;

/** What ties the chosen record to the ledger. */
public final class ProofView {
    private final PackViewModel model;
    private final Texts texts;
    private final Sheet sheet;

    @FXML
    private ScrollPane page;

    @FXML
    private VBox sections;

    @FXML
    private ProgressIndicator working;

    @FXML
    private Label problem;

    ProofView(PackViewModel model, Texts texts) {
        this.model = model;
        this.texts = texts;
        this.sheet = new Sheet(texts);
    }

    @FXML
    private void initialize() {
        working.visibleProperty().bind(model.proof().running());
        problem.textProperty()
                .bind(model.proof().failure().map(why -> texts.get("pack.proof.failed", PackViewModel.told(why))));
        model.proof().value().subscribe(this::show);
    }

    private void show(@Nullable PackProof proof) {
        sections.getChildren().clear();
        page.setVvalue(0);
        if (proof == null) {
            return;
        }
        Button save = new Button(texts.get("pack.proof.save"));
        save.setOnAction(asked -> save(proof));
        VBox first = sheet.section(new Section(texts.get("pack.proof.entry"), entry(proof), ""));
        first.getChildren()
                .add(
                        1,
                        Sheet.remark(
                                Sign.HOLDS,
                                texts.get(
                                        "pack.proof.holds",
                                        proof.entry().seq(),
                                        proof.file().hashes().size())));
        PackViewModel.Trust trust = model.trust().get();
        VBox checkpoint = sheet.section(new Section(
                texts.get("pack.custody.checkpoint"),
                Signatures.of(proof.checkpoint(), trust == null ? null : trust.content(), texts),
                texts.get("pack.proof.note")));
        checkpoint.getChildren().add(save);
        sections.getChildren().addAll(first, checkpoint);
    }

    private List<Fact> entry(PackProof proof) {
        Entry entry = proof.entry();
        List<Fact> facts = new ArrayList<>();
        facts.add(Fact.of(
                texts.get("pack.proof.place"),
                texts.get(
                        "pack.proof.place.value",
                        entry.seq(),
                        proof.checkpoint().checkpoint().size())));
        facts.add(Fact.of(texts.get("pack.proof.at"), Rfc3339.format(entry.at())));
        facts.add(Fact.of(
                texts.get("pack.proof.source"),
                entry.sourceSeq() == null
                        ? entry.source()
                        : texts.get("pack.proof.source.value", entry.source(), entry.sourceSeq())));
        facts.add(Fact.of(texts.get("pack.proof.retention"), entry.retain()));
        facts.add(Fact.exact(texts.get("pack.proof.policy"), entry.policy().toString()));
        facts.add(Fact.exact(texts.get("pack.proof.record"), proof.record().toString()));
        facts.add(Fact.exact(texts.get("pack.proof.leaf"), proof.leaf().toString()));
        facts.add(Fact.exact(texts.get("pack.proof.prev"), entry.prev().toString()));
        facts.add(Fact.exact(
                texts.get("pack.proof.path"),
                proof.file().hashes().stream().map(Digest::toString).toList()));
        return facts;
    }

    private void save(PackProof proof) {
        FileChooser chooser = new FileChooser();
        chooser.getExtensionFilters()
                .add(new FileChooser.ExtensionFilter(texts.get("pack.proof.files"), "*.tlog-proof"));
        chooser.setInitialFileName(proof.entry().id() + ".tlog-proof");
        File chosen = chooser.showSaveDialog(page.getScene().getWindow());
        if (chosen != null) {
            model.saveProof(chosen.toPath());
        }
    }
}
