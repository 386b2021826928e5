package io.strongroom.console.explorer;

import io.strongroom.api.ExportFormat;
import io.strongroom.api.ExportRequest;
import io.strongroom.api.ExportStatus;
import io.strongroom.api.Selection;
import io.strongroom.console.connection.Connection;
import io.strongroom.console.desk.Desk;
import io.strongroom.console.desk.Spot;
import io.strongroom.console.work.Answer;
import io.strongroom.console.work.Latest;
import io.strongroom.console.work.Loaded;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/** An evidence pack of exactly what is shown, and of nothing that comes later. */
final class ShownPack {
    private final Desk desk;
    private final Archive archive;
    private final ReadOnlyObjectProperty<Loaded<Found>> found;
    private final Latest asking;
    private final ReadOnlyObjectWrapper<@Nullable String> whyNot = new ReadOnlyObjectWrapper<>();

    ShownPack(Desk desk, Archive archive, ReadOnlyObjectProperty<Loaded<Found>> found) {
        this.desk = desk;
        this.archive = archive;
        this.found = found;
        this.asking = desk.background().latest();
        found.subscribe(() -> whyNot.set(whyNotNow()));
        desk.connection().state().subscribe(now -> whyNot.set(whyNotNow()));
    }

    /** Why what is shown cannot be made a pack of; null while it can, empty while nothing was found yet. */
    ReadOnlyObjectProperty<@Nullable String> whyNot() {
        return whyNot.getReadOnlyProperty();
    }

    private @Nullable String whyNotNow() {
        Found here = found.get().value();
        if (desk.connection().state().get() == Connection.State.LOST) {
            return desk.texts().get("explorer.pack.lost");
        }
        if (here == null && !(found.get() instanceof Loaded.Failed<Found>)) {
            return "";
        }
        if (here == null || here.rows().isEmpty()) {
            return desk.texts().get("explorer.pack.nothing");
        }
        return Selected.unsupported(here.question())
                .map(filter -> desk.texts().get("explorer.pack.filter", filter))
                .orElse(null);
    }

    private Optional<Selection> selection() {
        Found here = found.get().value();
        if (here == null || whyNotNow() != null) {
            return Optional.empty();
        }
        return Optional.of(
                here.question().record().isPresent()
                        ? Selection.range(here.lastSeq(), here.lastSeq())
                        : Selected.of(here.question(), here.lastSeq()));
    }

    /** Asks what for, and then for the pack. */
    void ask() {
        selection().ifPresent(selected -> desk.dialogs()
                .text(
                        desk.texts().get("explorer.pack"),
                        desk.texts().get("explorer.pack.purpose"),
                        desk.texts().get("explorer.pack.do"),
                        false,
                        purpose -> ask(new ExportRequest(selected, ExportFormat.NDJSON, purpose))));
    }

    private void ask(ExportRequest request) {
        asking.start(progress -> archive.export(request), new Answer<ExportStatus>() {
            @Override
            public void done(ExportStatus status) {
                desk.dialogs().told(desk.texts().get("explorer.pack.asked"));
                desk.navigator().go(new Spot(Spot.PACKS, status.id()));
            }

            @Override
            public void failed(Exception why) {
                desk.dialogs()
                        .failed(
                                desk.texts().get("explorer.pack"),
                                desk.connection().troubles().of(why));
            }
        });
    }
}
