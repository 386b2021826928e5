package io.strongroom.console.explorer;

import io.strongroom.api.RecordFacets;
import io.strongroom.console.desk.Basket;
import io.strongroom.console.desk.Desk;
import io.strongroom.console.desk.Spot;
import io.strongroom.console.text.Texts;
import io.strongroom.console.work.Asked;
import io.strongroom.console.work.GrowingList;
import io.strongroom.console.work.Loaded;
import io.strongroom.console.work.Trouble;
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
    private static final String FACETS = "explorer.facets";
    private static final int VALUES = 8;
    private static final String NEEDS_PURPOSE = "needs a purpose";

    private final Desk desk;
    private final Texts texts;
    private final Archive archive;
    private final Basket basket;
    private final Asked<Found> found;
    private final Asked<RecordFacets> facets;
    private final ShownProof proof;
    private final ShownPack pack;
    private final StringProperty text = new SimpleStringProperty("");
    private final ReadOnlyObjectWrapper<Question> question = new ReadOnlyObjectWrapper<>(Question.ALL);
    private final ReadOnlyObjectWrapper<@Nullable String> wrong = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable RecordRow> chosen = new ReadOnlyObjectWrapper<>();
    private final BooleanProperty showsFacets = new SimpleBooleanProperty();
    private final ReadOnlyBooleanWrapper purposeNeeded = new ReadOnlyBooleanWrapper();
    private boolean asked;

    ExplorerViewModel(Desk desk, Archive archive) {
        this.desk = desk;
        this.texts = desk.texts();
        this.archive = archive;
        this.basket = new Basket(desk.kept());
        this.found = desk.connection().asked();
        this.facets = desk.connection().asked();
        this.proof = new ShownProof(desk, archive);
        this.pack = new ShownPack(desk, archive, found.state());
        showsFacets.set(!desk.kept().get(FACETS).equals(Optional.of("false")));
        showsFacets.addListener((at, was, is) -> {
            desk.kept().put(FACETS, String.valueOf(is));
            count();
        });
        found.state().addListener((at, was, is) -> arrived(was, is));
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

    /** The proof of that record. */
    ShownProof proof() {
        return proof;
    }

    /** The pack that can be made of what is shown. */
    ShownPack pack() {
        return pack;
    }

    /** Whether facets are shown, and so counted. */
    public BooleanProperty showsFacets() {
        return showsFacets;
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
            here.rows().end().addListener((at, was, is) -> looked(here, is));
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

    /** That nothing fits can be said only when all was looked through, some of which may have had nothing. */
    private void looked(Found here, GrowingList.End end) {
        if (end == GrowingList.End.CLOSED
                && here.rows().isEmpty()
                && found.state().get().value() == here) {
            found.put(here);
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
        proof.of(row);
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
