package io.strongroom.console.explorer;

import io.strongroom.api.ExportFormat;
import io.strongroom.api.ExportRequest;
import io.strongroom.api.ExportStatus;
import io.strongroom.api.RecordFacets;
import io.strongroom.api.Selection;
import io.strongroom.console.connection.Connection;
import io.strongroom.console.desk.Basket;
import io.strongroom.console.desk.Desk;
import io.strongroom.console.desk.Spot;
import io.strongroom.console.text.Texts;
import io.strongroom.console.work.Answer;
import io.strongroom.console.work.Asked;
import io.strongroom.console.work.Latest;
import io.strongroom.console.work.Loaded;
import io.strongroom.console.work.Trouble;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/** What an officer asks the ledger, what was found, and what is done with it. */
public final class ExplorerViewModel {
    private static final String SAVED = "explorer.saved.";
    private static final String FACETS = "explorer.facets";
    private static final int VALUES = 8;
    private static final String NEEDS_PURPOSE = "needs a purpose";

    private final Desk desk;
    private final Texts texts;
    private final Archive archive;
    private final Basket basket;
    private final Latest exporting;
    private final Asked<Found> found;
    private final Asked<RecordFacets> facets;
    private final Asked<Proven> proof;
    private final StringProperty text = new SimpleStringProperty("");
    private final ReadOnlyObjectWrapper<Question> question = new ReadOnlyObjectWrapper<>(Question.ALL);
    private final ReadOnlyObjectWrapper<@Nullable String> wrong = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable RecordRow> chosen = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable String> whyNoPack = new ReadOnlyObjectWrapper<>();
    private final BooleanProperty showsFacets = new SimpleBooleanProperty();
    private final BooleanProperty showsProof = new SimpleBooleanProperty();
    private final ReadOnlyBooleanWrapper purposeNeeded = new ReadOnlyBooleanWrapper();
    private boolean asked;

    ExplorerViewModel(Desk desk, Archive archive) {
        this.desk = desk;
        this.texts = desk.texts();
        this.archive = archive;
        this.basket = new Basket(desk.kept());
        this.exporting = desk.background().latest();
        this.found = desk.connection().asked();
        this.facets = desk.connection().asked();
        this.proof = desk.connection().asked();
        showsFacets.set(!desk.kept().get(FACETS).equals(Optional.of("false")));
        showsFacets.addListener((at, was, is) -> {
            desk.kept().put(FACETS, String.valueOf(is));
            count();
        });
        showsProof.addListener((at, was, is) -> prove());
        found.state().addListener((at, was, is) -> arrived(was, is));
        found.state().subscribe(() -> whyNoPack.set(whyNoPackNow()));
        desk.connection().state().subscribe(now -> whyNoPack.set(whyNoPackNow()));
        desk.connection().who().addListener((at, was, is) -> forget());
    }

    /** The text of the question as it is typed. */
    public StringProperty text() {
        return text;
    }

    /** What was asked last. */
    ReadOnlyObjectProperty<Question> question() {
        return question.getReadOnlyProperty();
    }

    /** Why the text cannot be asked; null while it can. */
    public ReadOnlyObjectProperty<@Nullable String> wrong() {
        return wrong.getReadOnlyProperty();
    }

    /** What was found. */
    ReadOnlyObjectProperty<Loaded<Found>> found() {
        return found.state();
    }

    /** How many have which values. */
    ReadOnlyObjectProperty<Loaded<RecordFacets>> facets() {
        return facets.state();
    }

    /** The record that is looked at. */
    ReadOnlyObjectProperty<@Nullable RecordRow> chosen() {
        return chosen.getReadOnlyProperty();
    }

    /** What became of its proof. */
    ReadOnlyObjectProperty<Loaded<Proven>> proof() {
        return proof.state();
    }

    /** Whether facets are shown, and so counted. */
    public BooleanProperty showsFacets() {
        return showsFacets;
    }

    /** Whether the proof is shown, and so verified. */
    public BooleanProperty showsProof() {
        return showsProof;
    }

    /** For what purpose the officer reads; empty for none stated. */
    public StringProperty purpose() {
        return desk.connection().purpose();
    }

    /** Whether more would be shown to one who states a purpose. */
    public ReadOnlyBooleanProperty purposeNeeded() {
        return purposeNeeded.getReadOnlyProperty();
    }

    Basket basket() {
        return basket;
    }

    /** It is on screen: what is there stays; where nothing was asked for yet, everything is. */
    void shown(String what) {
        basket.look();
        if (!what.isEmpty()) {
            text.set(what);
            ask();
        } else if (!asked) {
            ask();
        }
    }

    /** Asks what the text says. */
    public void ask() {
        Question next;
        try {
            next = Question.parse(text.get());
        } catch (QuestionException e) {
            wrong.set(texts.get("explorer.wrong." + e.why(), e.name()));
            return;
        }
        wrong.set(null);
        boolean same = asked && next.equals(question.get());
        asked = true;
        text.set(next.text());
        question.set(next);
        if (same) {
            found.again(progress -> new Found(desk.background(), archive, next));
        } else {
            choose(null);
            found.another(progress -> new Found(desk.background(), archive, next));
        }
        count();
    }

    /** Shows what follows a list that is as long as one can be. */
    void goOn() {
        Found here = found.state().get().value();
        if (here != null) {
            choose(null);
            found.another(progress -> here.next(desk.background()));
        }
    }

    /** Asks the same again. */
    void again() {
        text.set(question.get().text());
        ask();
    }

    private void ask(Question other) {
        text.set(other.text());
        ask();
    }

    /** Narrows the question down, or leaves out. */
    void add(Filter filter) {
        ask(question.get().with(filter));
    }

    void remove(Filter filter) {
        ask(question.get().without(filter));
    }

    private void count() {
        Question now = question.get();
        if (!showsFacets.get() || !asked) {
            return;
        }
        if (now.record().isPresent()) {
            facets.clear();
        } else {
            facets.again(progress -> archive.facets(now, VALUES));
        }
    }

    private void arrived(Loaded<Found> before, Loaded<Found> now) {
        Found old = before.value();
        Found here = now.value();
        if (old != null && old != here) {
            old.rows().close();
        }
        if (here != null && here != old) {
            here.rows().near(0);
            if (here.question().record().isPresent()) {
                choose(here.rows().getFirst());
            }
        }
        boolean refused = now instanceof Loaded.Failed<Found> failed
                && failed.trouble().line().contains(NEEDS_PURPOSE);
        boolean withheld = here != null
                && here.rows().stream()
                        .limit(20)
                        .anyMatch(row ->
                                row != null && row.item().toJson().toString().contains(NEEDS_PURPOSE));
        if (refused || withheld) {
            purposeNeeded.set(true);
        }
    }

    /** Whether it is this filter that the appliance does not take. */
    boolean refused(Filter filter) {
        return found.state().get() instanceof Loaded.Failed<Found> failed
                && failed.trouble().kind() != Trouble.Kind.UNREACHABLE
                && Stream.of("“%s”", "parameter %s ", "filter %s ")
                        .anyMatch(place -> failed.trouble().detail().contains(place.formatted(filter.parameter())));
    }

    /** Looks at a record; null at none. */
    void choose(@Nullable RecordRow row) {
        if (row != null && row.equals(chosen.get())) {
            return;
        }
        chosen.set(row);
        proof.clear();
        prove();
    }

    /** Fetches the proof of the record that is looked at, and verifies it here. */
    private void prove() {
        RecordRow row = chosen.get();
        if (row != null && showsProof.get() && proof.state().get() instanceof Loaded.Nothing<Proven>) {
            proveAgain();
        }
    }

    void proveAgain() {
        RecordRow row = chosen.get();
        if (row != null) {
            proof.another(progress -> Proven.verify(archive.proof(row.id()), archive.trustFile(), row.item()));
        }
    }

    /** Writes the proof that is shown to a file. */
    void saveProof() {
        Proven shown = proof.state().get().value();
        RecordRow row = chosen.get();
        if (shown != null && row != null) {
            desk.dialogs()
                    .save(texts.get("explorer.proof.save"), row.id() + ".tlog-proof", file -> save(file, shown.file()));
        }
    }

    private void save(Path file, byte[] bytes) {
        desk.background().latest().start(progress -> Files.write(file, bytes), new Answer<Path>() {
            @Override
            public void done(Path written) {
                desk.dialogs().told(texts.get("explorer.saved", written.getFileName()));
            }

            @Override
            public void failed(Exception why) {
                desk.dialogs()
                        .failed(
                                texts.get("explorer.proof.save"),
                                desk.connection().troubles().of(why));
            }
        });
    }

    /** The names of the questions that were kept, in their order. */
    List<String> saved() {
        return desk.kept().keys(SAVED).stream()
                .map(key -> key.substring(SAVED.length()))
                .toList();
    }

    void open(String savedName) {
        text.set(desk.kept().get(SAVED + savedName).orElse(""));
        ask();
    }

    void save(String name) {
        desk.kept().put(SAVED + name, question.get().text());
    }

    void forget(String savedName) {
        desk.kept().remove(SAVED + savedName);
    }

    /** Why what is shown cannot be made a pack of; null while it can. */
    ReadOnlyObjectProperty<@Nullable String> whyNoPack() {
        return whyNoPack.getReadOnlyProperty();
    }

    private @Nullable String whyNoPackNow() {
        Found here = found.state().get().value();
        if (desk.connection().state().get() == Connection.State.LOST) {
            return texts.get("explorer.pack.lost");
        }
        if (here == null || here.rows().isEmpty()) {
            return texts.get("explorer.pack.nothing");
        }
        return Selected.unsupported(here.question())
                .map(filter -> texts.get("explorer.pack.filter", filter))
                .orElse(null);
    }

    /** The selection that is exactly what is shown, whatever comes later. */
    Optional<Selection> selection() {
        Found here = found.state().get().value();
        if (here == null || whyNoPackNow() != null) {
            return Optional.empty();
        }
        return Optional.of(
                here.question().record().isPresent()
                        ? Selection.range(here.lastSeq(), here.lastSeq())
                        : Selected.of(here.question(), here.lastSeq()));
    }

    /** Asks for a pack of exactly what is shown, and goes where packs are. */
    void export(String purpose) {
        selection()
                .ifPresent(selected -> exporting.start(
                        progress -> archive.export(new ExportRequest(selected, ExportFormat.NDJSON, purpose)),
                        new Answer<ExportStatus>() {
                            @Override
                            public void done(ExportStatus status) {
                                desk.dialogs().told(texts.get("explorer.pack.asked"));
                                desk.navigator().go(new Spot("packs", status.id()));
                            }

                            @Override
                            public void failed(Exception why) {
                                desk.dialogs()
                                        .failed(
                                                texts.get("explorer.pack"),
                                                desk.connection().troubles().of(why));
                            }
                        }));
    }

    /** Goes where a pack of what was put aside is made. */
    void packOfBasket() {
        if (basket.size().get() > 0) {
            desk.navigator().go(Spot.packOf(basket.ids()));
        }
    }

    /** Another officer sees nothing of what this one found. */
    private void forget() {
        choose(null);
        found.clear();
        facets.clear();
        asked = false;
        purposeNeeded.set(false);
        text.set("");
        question.set(Question.ALL);
    }
}
