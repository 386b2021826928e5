package io.strongroom.console.chain;

import io.strongroom.console.desk.Action;
import io.strongroom.console.desk.Desk;
import io.strongroom.console.look.FactGrid;
import io.strongroom.console.look.Fxml;
import io.strongroom.console.look.Sign;
import io.strongroom.console.look.StatePane;
import io.strongroom.console.text.Texts;
import io.strongroom.console.work.Loaded;
import io.strongroom.console.work.Trouble;
import io.strongroom.evidence.Printable;
import io.strongroom.evidence.note.VerifiedCheckpoint;
import java.util.List;
import java.util.stream.Collectors;
import javafx.beans.value.ObservableValue;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.material2.Material2OutlinedAL;

/** The chain: whether it holds, its days, its newest checkpoint. */
public final class ChainView {
    private final ChainViewModel model;
    private final Desk desk;
    private final Texts texts;
    private final Action verifyNew;
    private final Action verifyAll;
    private final Action saveCheckpoint;

    @FXML
    private Parent root;

    @FXML
    private StatePane state;

    @FXML
    private HBox headline;

    @FXML
    private FactGrid failure;

    @FXML
    private HBox running;

    @FXML
    private ProgressBar progress;

    @FXML
    private Label percent;

    @FXML
    private Button verify;

    @FXML
    private Button all;

    @FXML
    private Button save;

    @FXML
    private Label noSeals;

    @FXML
    private ScrollPane stripPane;

    @FXML
    private HBox strip;

    @FXML
    private Label dayName;

    @FXML
    private FactGrid day;

    @FXML
    private Button dayRecords;

    @FXML
    private Button daySeal;

    @FXML
    private FactGrid checkpoint;

    ChainView(ChainViewModel model, Desk desk) {
        this.model = model;
        this.desk = desk;
        this.texts = desk.texts();
        ObservableValue<@Nullable String> whyNot = model.whyNotVerified();
        verifyNew = new Action(
                        texts.get("chain.verify"),
                        new KeyCodeCombination(KeyCode.E, KeyCombination.SHORTCUT_DOWN),
                        () -> model.verify(false),
                        whyNot)
                .beginning();
        verifyAll = new Action(texts.get("chain.verify.all"), null, () -> model.verify(true), whyNot).beginning();
        saveCheckpoint = new Action(
                        texts.get("chain.save"),
                        null,
                        model::saveCheckpoint,
                        model.shown().map(now -> now.value() == null ? "" : null))
                .beginning();
    }

    List<Action> actions() {
        return List.of(verifyNew, verifyAll, saveCheckpoint);
    }

    List<String> onceChosen() {
        return List.of(texts.get("chain.day.records"), texts.get("chain.day.seal"));
    }

    Parent load() {
        return Fxml.load(this, texts);
    }

    @FXML
    private void initialize() {
        DayStrip days = new DayStrip(strip, stripPane, model, texts);
        state.bind(
                model.shown(),
                texts,
                nothing -> false,
                new StatePane.Nothing(Material2OutlinedAL.LINK, texts.get("screen.chain"), ""),
                model::ask);
        model.shown().subscribe(shown -> shown(shown, days));
        model.verifying().subscribe(now -> {
            verifying(now);
            days.show(model.shown().get().value(), model.verifiedSize());
        });
        model.day().subscribe(this::day);
        desk.times().whenTold(root, () -> {
            verifying(model.verifying().get());
            day(model.day().get());
            shown(model.shown().get(), days);
        });
        verifyNew.on(verify);
        verifyAll.on(all);
        saveCheckpoint.on(save);
    }

    private void shown(Loaded<ChainViewModel.Shown> loaded, DayStrip days) {
        ChainViewModel.Shown here = loaded.value();
        if (here == null) {
            return;
        }
        days.show(here, model.verifiedSize());
        Trouble unread = here.sealsUnread();
        noSeals.setText(unread == null ? "" : texts.get("chain.seals.unread", unread.line()));
        show(noSeals, unread != null);
        show(stripPane, unread == null);
        checkpoint(here.checkpoint());
        verifying(model.verifying().get());
    }

    private void checkpoint(VerifiedCheckpoint newest) {
        checkpoint.clear();
        checkpoint.add(texts.get("chain.origin"), newest.checkpoint().origin());
        checkpoint.add(
                texts.get("chain.size"),
                texts.get("chain.number", newest.checkpoint().size()));
        checkpoint.mono(texts.get("chain.root"), newest.checkpoint().root().toString());
        checkpoint.add(
                texts.get("chain.signed"),
                newest.logKeys().stream()
                        .map(key -> key.key().algorithm() + " " + String.format("%08x", key.keyId()))
                        .collect(Collectors.joining(", ")));
        checkpoint.add(
                texts.get("chain.witnesses"),
                newest.cosignatures().isEmpty()
                        ? texts.get("chain.witnesses.none")
                        : newest.cosignatures().stream()
                                .map(each ->
                                        each.key().name() + " (" + desk.times().full(each.time()) + ")")
                                .collect(Collectors.joining(", ")));
    }

    private void verifying(ChainViewModel.Verifying now) {
        show(running, now instanceof ChainViewModel.Verifying.Running);
        show(verify, !(now instanceof ChainViewModel.Verifying.Running));
        show(all, !(now instanceof ChainViewModel.Verifying.Running) && model.verifiedSize() > 0);
        failure.clear();
        show(failure, false);
        switch (now) {
            case ChainViewModel.Verifying.Idle idle ->
                idle.before()
                        .ifPresentOrElse(
                                before ->
                                        headline(Sign.HOLDS, texts.get("chain.before", before.size()), before(before)),
                                () -> headline(Sign.NEUTRAL, texts.get("chain.never"), texts.get("chain.never.why")));
            case ChainViewModel.Verifying.Running at -> {
                progress.setProgress(at.part());
                percent.setText(texts.get("pack.percent", at.part()));
                headline(Sign.NEUTRAL, texts.get("chain.running"), texts.get("chain.running.why"));
            }
            case ChainViewModel.Verifying.Stopped stopped ->
                headline(
                        Sign.DOUBTFUL, texts.get("chain.stopped"), stopped.why().line());
            case ChainViewModel.Verifying.Done done -> verdict(done.verdict());
        }
    }

    private String before(Verified before) {
        ChainViewModel.Shown here = model.shown().get().value();
        long size =
                here == null ? before.size() : here.checkpoint().checkpoint().size();
        return texts.get("chain.before.why", desk.times().full(before.at()), Math.max(0, size - before.size()));
    }

    private void verdict(Verdict verdict) {
        switch (verdict) {
            case Verdict.Held held ->
                headline(
                        Sign.HOLDS,
                        texts.get("chain.held", held.verified().size()),
                        texts.get(
                                "chain.held.why",
                                held.from(),
                                desk.times().full(held.verified().at()),
                                held.seals()));
            case Verdict.Broken broken -> {
                headline(
                        Sign.FAILS,
                        broken.seq() < 0 ? texts.get("chain.broken") : texts.get("chain.broken.at", broken.seq()),
                        texts.get("chain.broken." + broken.what()));
                failure.mono(texts.get("failure.expected"), broken.expected());
                failure.mono(texts.get("failure.found"), broken.found());
                show(failure, true);
            }
        }
    }

    private void headline(Sign sign, String told, String why) {
        Label name = new Label(told);
        name.getStyleClass().add("title");
        name.setWrapText(true);
        Label explained = new Label(Printable.of(why));
        explained.setWrapText(true);
        VBox titles = new VBox(name, explained);
        titles.getStyleClass().add("titles");
        HBox.setHgrow(titles, Priority.ALWAYS);
        headline.getStyleClass().setAll("headline", sign.style());
        headline.getChildren().setAll(sign.icon(), titles);
    }

    private void day(@Nullable Day looked) {
        day.clear();
        show(dayRecords, looked != null && looked.firstSeq() >= 0);
        show(daySeal, looked != null && looked.seal() != null);
        dayName.setText(
                looked == null
                        ? texts.get("chain.day.none")
                        : texts.get("chain.day", looked.date().toString(), texts.get("chain.state." + looked.state())));
        if (looked == null || looked.firstSeq() < 0) {
            return;
        }
        day.add(
                texts.get("chain.day.places"),
                texts.get("chain.day.from", looked.firstSeq(), looked.lastSeq(), looked.entries()));
        Seal seal = looked.seal();
        if (seal != null) {
            day.add(
                    texts.get("chain.day.times"),
                    desk.times().full(seal.firstAt()) + " – " + desk.times().full(seal.lastAt()));
            day.mono(texts.get("chain.root"), seal.root().toString());
            day.mono(texts.get("chain.signed"), String.join(", ", seal.keys()));
            day.add(texts.get("chain.day.sealed"), texts.get("chain.number", seal.seq()));
        }
    }

    private static void show(javafx.scene.Node node, boolean shown) {
        node.setVisible(shown);
        node.setManaged(shown);
    }

    @FXML
    private void cancel() {
        model.cancel();
    }

    @FXML
    private void records() {
        model.records();
    }

    @FXML
    private void seal() {
        model.seal();
    }
}
