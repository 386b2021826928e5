package io.strongroom.console.explorer;

import io.strongroom.api.QueryPage;
import io.strongroom.console.desk.Desk;
import io.strongroom.console.look.Sign;
import io.strongroom.console.text.Texts;
import io.strongroom.console.work.GrowingList;
import io.strongroom.console.work.Loaded;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/** Says how many records are here, which of how many, and how fresh they are. */
final class FootView {
    private final Label loaded;
    private final Button lookOn;
    private final Label fresh;
    private final Desk desk;
    private final Texts texts;
    private Subscription listening = Subscription.EMPTY;

    FootView(Label loaded, Button lookOn, Label fresh, ExplorerViewModel model, Desk desk) {
        this.loaded = loaded;
        this.lookOn = lookOn;
        this.fresh = fresh;
        this.desk = desk;
        this.texts = desk.texts();
        model.found().subscribe(this::follow);
    }

    private void follow(Loaded<Found> state) {
        listening.unsubscribe();
        Found found = state.value();
        listening = found == null ? Subscription.EMPTY : found.rows().end().subscribe(end -> show(found));
        show(found);
    }

    private void show(@Nullable Found found) {
        loaded.setVisible(found != null);
        fresh.setVisible(found != null);
        GrowingList.End end =
                found == null ? GrowingList.End.CLOSED : found.rows().end().get();
        boolean more = end == GrowingList.End.PAUSED || end == GrowingList.End.FAILED;
        lookOn.setVisible(more);
        lookOn.setManaged(more);
        if (found != null) {
            loaded.setText(count(found.rows(), end));
            loaded.setGraphic(end == GrowingList.End.FAILED ? Sign.DOUBTFUL.icon() : null);
            Exception problem = found.rows().problem().get();
            loaded.setTooltip(
                    problem == null
                            ? null
                            : new Tooltip(
                                    desk.connection().troubles().of(problem).line()));
            fresh.setText(freshness(found));
            lookOn.setOnAction(pressed -> found.rows().grow());
        }
    }

    private String count(GrowingList<RecordRow> rows, GrowingList.End end) {
        long skipped = rows.skipped();
        if (skipped == 0) {
            return texts.get("explorer.loaded." + end, texts.get("explorer.here", rows.size()));
        }
        String part = texts.get("explorer.here.part", skipped + 1, skipped + rows.size());
        return texts.get(end == GrowingList.End.CLOSED ? "explorer.loaded.LAST" : "explorer.loaded." + end, part);
    }

    private String freshness(Found found) {
        if (found.watermark() < 1) {
            return "";
        }
        String told = texts.get("explorer.fresh", found.watermark() - 1, found.lagMillis() / 1000.0);
        return found.unsearched().isEmpty()
                ? told
                : told + "  " + unsearched(found.unsearched().getFirst());
    }

    private String unsearched(QueryPage.Unsearched where) {
        boolean left = where.filter().startsWith(Filter.NOT);
        return texts.get(
                left ? "explorer.unsearched.not" : "explorer.unsearched",
                left ? where.filter().substring(Filter.NOT.length()) : where.filter(),
                where.streams(),
                where.reason());
    }
}
