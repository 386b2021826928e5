package io.strongroom.console.packs;

import io.strongroom.api.CustodyEvent;
import io.strongroom.api.ExportState;
import io.strongroom.api.ExportStatus;
import io.strongroom.api.ExportSummary;
import io.strongroom.api.Page;
import io.strongroom.api.Selection;
import io.strongroom.console.connection.Connection;
import io.strongroom.console.desk.Basket;
import io.strongroom.console.desk.Desk;
import io.strongroom.console.desk.Spot;
import io.strongroom.console.work.Answer;
import io.strongroom.console.work.Asked;
import io.strongroom.console.work.Every;
import io.strongroom.console.work.Loaded;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableValue;
import org.jspecify.annotations.Nullable;

/** The packs, and what was done with the one that is chosen. */
public final class PacksViewModel {
    private static final int PAGE = 200;
    private static final Duration LONGEST = Duration.ofHours(6);
    private static final Duration EVERY = Duration.ofSeconds(10);

    /**
     * The packs that were asked for so far.
     *
     * @param next what to ask by for more; null if these are all
     */
    record Packs(List<ExportSummary> packs, @Nullable String next) {
        boolean anyOnTheWay() {
            return packs.stream().anyMatch(pack -> !pack.status().status().settled());
        }
    }

    private final Desk desk;
    private final Connection connection;
    private final Asked<Packs> packs;
    private final Asked<List<CustodyEvent>> custody;
    private final Every again;
    private final WizardViewModel wizard;
    private final Basket basket;
    private final ReadOnlyObjectWrapper<@Nullable ExportSummary> chosen = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyBooleanWrapper making = new ReadOnlyBooleanWrapper();
    private String wanted = "";

    public PacksViewModel(Desk desk) {
        this.desk = desk;
        this.connection = desk.connection();
        this.packs = connection.asked();
        this.custody = connection.asked();
        this.again = new Every(desk.background(), EVERY, this::askIfOnTheWay);
        this.wizard = new WizardViewModel(desk, this::asked);
        this.basket = new Basket(desk.kept());
        connection.who().subscribe(who -> {
            if (who == null) {
                hidden();
                packs.clear();
                custody.clear();
                chosen.set(null);
                making.set(false);
            }
        });
        packs.state().subscribe(now -> find());
    }

    ObservableValue<Loaded<Packs>> packs() {
        return packs.state();
    }

    ObservableValue<Loaded<List<CustodyEvent>>> custody() {
        return custody.state();
    }

    /** The one that is looked at. */
    public ReadOnlyObjectProperty<@Nullable ExportSummary> chosen() {
        return chosen.getReadOnlyProperty();
    }

    /** Whether the wizard is shown. */
    ReadOnlyBooleanProperty making() {
        return making.getReadOnlyProperty();
    }

    WizardViewModel wizard() {
        return wizard;
    }

    /** Asks for the list, and again every ten seconds while a pack is on its way. */
    void ask() {
        packs.again(progress -> connection.call(client -> {
            Page<ExportSummary> page = client.exports().list(null, PAGE);
            return new Packs(page.items(), page.next());
        }));
        again.start();
    }

    private void askIfOnTheWay() {
        Packs here = packs.state().get().value();
        if (here != null && here.anyOnTheWay()) {
            ask();
        }
    }

    /** Asks for those that come after what is here. */
    void more() {
        Packs here = packs.state().get().value();
        if (here == null || here.next() == null) {
            return;
        }
        packs.again(progress -> connection.call(client -> {
            Page<ExportSummary> page = client.exports().list(here.next(), PAGE);
            List<ExportSummary> all = new ArrayList<>(here.packs());
            all.addAll(page.items());
            return new Packs(all, page.next());
        }));
    }

    void hidden() {
        again.stop();
    }

    /** Chooses the pack of this id, once it is in the list. */
    void want(String id) {
        wanted = id;
        find();
    }

    private void find() {
        Packs here = packs.state().get().value();
        if (here == null) {
            return;
        }
        ExportSummary before = chosen.get();
        String id = !wanted.isEmpty()
                ? wanted
                : before == null ? "" : before.status().id();
        here.packs().stream()
                .filter(pack -> pack.status().id().equals(id))
                .findFirst()
                .ifPresent(this::choose);
    }

    /** Shows what was done with it. */
    void choose(ExportSummary pack) {
        wanted = "";
        ExportSummary before = chosen.get();
        chosen.set(pack);
        String id = pack.status().id();
        if (before == null || !before.status().id().equals(id)) {
            custody.another(
                    progress -> connection.call(client -> client.exports().custody(id)));
        } else if (!before.equals(pack)) {
            askCustody();
        }
    }

    /** Asks again what was done with the chosen pack. */
    void askCustody() {
        ExportSummary pack = chosen.get();
        if (pack != null) {
            custody.again(progress -> connection.call(
                    client -> client.exports().custody(pack.status().id())));
        }
    }

    /** Begins a pack, where none is being made; what was put aside is offered. */
    void make() {
        if (!making.get()) {
            basket.look();
            begin(basket.ids(), false);
        }
    }

    /** Begins a pack of these records. */
    void make(List<String> records) {
        begin(records, true);
    }

    private void begin(List<String> records, boolean chosen) {
        wizard.begin(records, chosen);
        making.set(true);
    }

    void leaveWizard() {
        making.set(false);
    }

    /** Follows a pack that was asked for until it is ready, in the top bar. */
    private void asked(Selection selection, ExportStatus status) {
        making.set(false);
        want(status.id());
        ask();
        desk.tasks()
                .start(
                        desk.texts().get("packs.task.make"),
                        progress -> connection.call(client -> client.exports().await(status.id(), LONGEST, seen -> {
                            if (seen.total() > 0) {
                                progress.accept(seen.done() / (double) seen.total());
                            }
                        })),
                        new Answer<ExportStatus>() {
                            @Override
                            public void done(ExportStatus ready) {
                                desk.dialogs().told(desk.texts().get("packs.ready"));
                                basket.remove(selection.records());
                                ask();
                            }

                            @Override
                            public void failed(Exception why) {
                                desk.dialogs()
                                        .failed(
                                                desk.texts().get("packs.failed"),
                                                connection.troubles().of(why));
                                ask();
                            }
                        });
    }

    /** Why the chosen pack cannot be fetched; null if it can. */
    @Nullable
    String whyNotFetched() {
        ExportSummary pack = chosen.get();
        if (pack == null) {
            return desk.texts().get("packs.choose");
        }
        if (pack.status().status() != ExportState.READY) {
            return desk.texts().get("packs.not.ready");
        }
        return pack.own() ? null : desk.texts().get("packs.not.own");
    }

    /** Fetches the chosen pack into this file; it can be verified then. */
    public void fetch(Path target) {
        ExportSummary pack = chosen.get();
        if (pack == null || whyNotFetched() != null) {
            return;
        }
        Long size = pack.status().size();
        desk.tasks()
                .start(
                        desk.texts().get("packs.task.fetch", target.getFileName()),
                        progress -> connection.call(client -> {
                            client.exports().download(pack.status(), target, bytes -> {
                                if (size != null && size > 0) {
                                    progress.accept(bytes / (double) size);
                                }
                            });
                            return target;
                        }),
                        new Answer<Path>() {
                            @Override
                            public void done(Path fetched) {
                                askCustody();
                                desk.dialogs()
                                        .confirm(
                                                desk.texts().get("packs.fetched"),
                                                desk.texts().get("packs.fetched.why", fetched),
                                                desk.texts().get("packs.verify"),
                                                () -> desk.navigator().go(new Spot("verifier", fetched.toString())));
                            }

                            @Override
                            public void failed(Exception why) {
                                desk.dialogs()
                                        .failed(
                                                desk.texts().get("packs.fetch.failed"),
                                                connection.troubles().of(why));
                            }
                        });
    }

    /** Cancels the chosen pack, or throws it away. */
    void discard() {
        ExportSummary pack = chosen.get();
        if (pack == null) {
            return;
        }
        desk.tasks()
                .start(
                        desk.texts().get("packs.task.discard"),
                        progress -> connection.call(client -> {
                            client.exports().cancel(pack.status().id());
                            return pack;
                        }),
                        new Answer<ExportSummary>() {
                            @Override
                            public void done(ExportSummary gone) {
                                ask();
                            }

                            @Override
                            public void failed(Exception why) {
                                desk.dialogs()
                                        .failed(
                                                desk.texts().get("packs.discard.failed"),
                                                connection.troubles().of(why));
                            }
                        });
    }

    /** For what is shown without an appliance. */
    void put(Packs given, List<CustodyEvent> events) {
        packs.put(given);
        if (!given.packs().isEmpty()) {
            chosen.set(given.packs().getFirst());
            custody.put(events);
        }
    }
}
