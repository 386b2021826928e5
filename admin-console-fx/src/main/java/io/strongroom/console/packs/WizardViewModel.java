package io.strongroom.console.packs;

import io.strongroom.api.ExportEstimate;
import io.strongroom.api.ExportFormat;
import io.strongroom.api.ExportRequest;
import io.strongroom.api.ExportStatus;
import io.strongroom.api.FieldVerdict;
import io.strongroom.api.QueryItem;
import io.strongroom.api.QueryPage;
import io.strongroom.api.Selection;
import io.strongroom.api.client.RecordQuery;
import io.strongroom.api.client.StrongroomClient;
import io.strongroom.console.desk.Desk;
import io.strongroom.console.work.Asked;
import io.strongroom.console.work.Loaded;
import io.strongroom.evidence.field.Commitment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ObservableValue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableSet;
import org.jspecify.annotations.Nullable;

/** Making a pack, step by step. Nothing is asked for before the last. */
public final class WizardViewModel {
    /** The steps, in their order. */
    public enum Step {
        SCOPE,
        CONTENT,
        HIDE,
        REVIEW,
        SEAL
    }

    /**
     * A field that is kept apart of records, in a sample of them.
     *
     * @param pointer where it stands; empty where nobody can open it
     * @param shown whether anything of it is shown, so that it can be left out
     * @param reason why it is not shown as it is; empty where it is
     * @param records in how many of the sample
     */
    record KeptApart(String pointer, boolean shown, String reason, int records) {}

    /**
     * What a sample of the records tells.
     *
     * @param records how many were looked at
     * @param more whether there are others
     */
    record Sample(int records, boolean more, List<KeptApart> fields) {}

    /** What would be asked for, and what that comes to. */
    record Review(ExportRequest request, ExportEstimate estimate) {}

    private static final int SAMPLE = 100;

    /** Each is a request of its own, and recorded as a reading. */
    private static final int SAMPLE_OF_CHOSEN = 20;

    private final Desk desk;
    private final Asked<Sample> sample;
    private final Asked<Review> review;
    private final Asked<ExportStatus> seal;
    private final ReadOnlyObjectWrapper<Step> step = new ReadOnlyObjectWrapper<>(Step.SCOPE);
    private final ReadOnlyObjectWrapper<@Nullable String> wrong = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<List<String>> aside = new ReadOnlyObjectWrapper<>(List.of());
    private final BooleanProperty asideOnly = new SimpleBooleanProperty();
    private final ObservableSet<String> leftOut = FXCollections.observableSet(new TreeSet<>());
    private final BooleanProperty allLeftOut = new SimpleBooleanProperty();
    private Selection selection = Selection.ALL;
    private ExportFormat format = ExportFormat.NDJSON;
    private String purpose = "";

    /** @param sealed is told what was asked for, and what became of it */
    WizardViewModel(Desk desk, BiConsumer<Selection, ExportStatus> sealed) {
        this.desk = desk;
        this.sample = desk.connection().asked();
        this.review = desk.connection().asked();
        this.seal = desk.connection().asked();
        seal.state().subscribe(now -> {
            if (now instanceof Loaded.Here<ExportStatus> here) {
                sealed.accept(selection, here.value());
            }
        });
    }

    ReadOnlyObjectProperty<Step> step() {
        return step.getReadOnlyProperty();
    }

    /** What is not right in what was typed. */
    ReadOnlyObjectProperty<@Nullable String> wrong() {
        return wrong.getReadOnlyProperty();
    }

    ObservableValue<Loaded<Sample>> sample() {
        return sample.state();
    }

    ObservableValue<Loaded<Review>> review() {
        return review.state();
    }

    ObservableValue<Loaded<ExportStatus>> seal() {
        return seal.state();
    }

    /** The ids of records that a pack can be made of; empty where there are none. */
    ReadOnlyObjectProperty<List<String>> aside() {
        return aside.getReadOnlyProperty();
    }

    /** Whether the pack is of these alone. */
    BooleanProperty asideOnly() {
        return asideOnly;
    }

    /** The fields of which nothing is to be in the pack but that they are there. */
    ObservableSet<String> leftOut() {
        return leftOut;
    }

    /** Whether that is so of all that is kept apart. */
    BooleanProperty allLeftOut() {
        return allLeftOut;
    }

    /**
     * Begins anew.
     *
     * @param records the ids of records that the pack can be made of
     * @param only whether it is to be made of these
     */
    void begin(List<String> records, boolean only) {
        aside.set(List.copyOf(records));
        asideOnly.set(only);
        leftOut.clear();
        allLeftOut.set(false);
        sample.clear();
        review.clear();
        seal.clear();
        wrong.set(null);
        step.set(Step.SCOPE);
    }

    /** Goes on from {@link Step#SCOPE}, if what was typed is understood, where that counts. */
    void scoped(Scope scope) {
        if (asideOnly.get()) {
            chosen();
            return;
        }
        try {
            selection = scope.selection(desk.times().zone());
            to(Step.CONTENT);
        } catch (Scope.Misread e) {
            wrong.set(desk.texts().get("packs.wrong", desk.texts().get("packs.field." + e.field()), e.typed()));
        }
    }

    /** Goes on from {@link Step#CONTENT}, if there is a purpose. */
    void filled(ExportFormat chosen, String why) {
        if (why.isBlank()) {
            wrong.set(desk.texts().get("packs.purpose.missing"));
            return;
        }
        format = chosen;
        purpose = why.strip();
        to(Step.HIDE);
        look();
    }

    private void chosen() {
        if (aside.get().size() > Selection.MOST_RECORDS) {
            wrong.set(desk.texts().get("packs.aside.many", Selection.MOST_RECORDS));
        } else {
            selection = Selection.ofRecords(aside.get());
            to(Step.CONTENT);
        }
    }

    /** Looks at a sample of the records, for what of them stays hidden. */
    void look() {
        Selection wanted = selection;
        sample.another(progress -> desk.connection().call(client -> sample(client, wanted)));
    }

    /** Goes on to what the pack would come to. */
    void reviewed() {
        to(Step.REVIEW);
        estimate();
    }

    /** Freezes the range at what is in the ledger now, and asks what the pack would come to. */
    void estimate() {
        Selection wanted = selection;
        ExportFormat as = format;
        String why = purpose;
        List<String> withhold = allLeftOut.get() ? List.of("") : List.copyOf(leftOut);
        review.another(progress -> desk.connection().call(client -> {
            ExportRequest request = new ExportRequest(frozen(client, wanted), as, why, withhold);
            return new Review(request, client.exports().estimate(request));
        }));
    }

    /** Asks for the pack. */
    void seal(Review reviewed) {
        to(Step.SEAL);
        seal.another(
                progress -> desk.connection().call(client -> client.exports().request(reviewed.request())));
    }

    void back() {
        Step now = step.get();
        if (now != Step.SCOPE) {
            to(Step.values()[now.ordinal() - 1]);
        }
    }

    private void to(Step next) {
        wrong.set(null);
        step.set(next);
    }

    private static Selection frozen(StrongroomClient client, Selection wanted) {
        if (wanted.toSeq() != null || !wanted.records().isEmpty()) {
            return wanted;
        }
        long size = client.ledger().checkpoint().size();
        long first = wanted.fromSeq() == null ? 0 : wanted.fromSeq();
        return wanted.upTo(Math.max(first, size - 1));
    }

    private static Sample sample(StrongroomClient client, Selection wanted) {
        if (wanted.records().isEmpty()) {
            QueryPage page = client.records().query(RecordQuery.of(wanted).limit(SAMPLE));
            return sample(page.items(), page.nextCursor() != null);
        }
        List<QueryItem> items = wanted.records().stream()
                .limit(SAMPLE_OF_CHOSEN)
                .map(id -> client.records().one(id))
                .toList();
        return sample(items, wanted.records().size() > items.size());
    }

    private static Sample sample(List<QueryItem> items, boolean more) {
        Map<String, KeptApart> found = new TreeMap<>();
        for (QueryItem item : items) {
            for (FieldVerdict field : item.committed()) {
                String pointer = field.pointer() == null ? "" : field.pointer();
                String reason = field.reason() == null ? "" : field.reason();
                boolean shown = field.verdict() == Commitment.Verdict.PRESENT || field.rendering() != null;
                found.merge(
                        pointer + " " + reason,
                        new KeptApart(pointer, shown, reason, 1),
                        (one, other) -> new KeptApart(pointer, shown, reason, one.records() + 1));
            }
        }
        return new Sample(items.size(), more, new ArrayList<>(found.values()));
    }
}
