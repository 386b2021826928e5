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
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableValue;
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
     * A field that the pack does not show, in a sample of its records.
     *
     * @param pointer where it stands; empty where nobody can open it
     * @param reason why it is not shown
     * @param records in how many of the sample
     */
    record Withheld(String pointer, String reason, int records) {}

    /**
     * What a sample of the records tells.
     *
     * @param records how many were looked at
     * @param more whether there are others
     */
    record Sample(int records, boolean more, List<Withheld> withheld) {}

    /** What would be asked for, and what that comes to. */
    record Review(ExportRequest request, ExportEstimate estimate) {}

    private static final int SAMPLE = 100;

    private final Desk desk;
    private final Asked<Sample> sample;
    private final Asked<Review> review;
    private final Asked<ExportStatus> seal;
    private final ReadOnlyObjectWrapper<Step> step = new ReadOnlyObjectWrapper<>(Step.SCOPE);
    private final ReadOnlyObjectWrapper<@Nullable String> wrong = new ReadOnlyObjectWrapper<>();
    private Selection selection = Selection.ALL;
    private ExportFormat format = ExportFormat.NDJSON;
    private String purpose = "";

    /** @param sealed is told what was asked for */
    WizardViewModel(Desk desk, Consumer<ExportStatus> sealed) {
        this.desk = desk;
        this.sample = desk.connection().asked();
        this.review = desk.connection().asked();
        this.seal = desk.connection().asked();
        seal.state().subscribe(now -> {
            if (now instanceof Loaded.Here<ExportStatus> here) {
                sealed.accept(here.value());
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

    /** Begins anew. */
    void begin() {
        sample.clear();
        review.clear();
        seal.clear();
        wrong.set(null);
        step.set(Step.SCOPE);
    }

    /** Goes on from {@link Step#SCOPE}, if what was typed is understood. */
    void scoped(Scope scope) {
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
        review.another(progress -> desk.connection().call(client -> {
            ExportRequest request = new ExportRequest(frozen(client, wanted), as, why);
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
        if (wanted.toSeq() != null) {
            return wanted;
        }
        long size = client.ledger().checkpoint().size();
        long first = wanted.fromSeq() == null ? 0 : wanted.fromSeq();
        return new Selection(
                wanted.fromSeq(),
                Math.max(first, size - 1),
                wanted.from(),
                wanted.to(),
                wanted.stream(),
                wanted.source(),
                wanted.actor(),
                wanted.action(),
                wanted.resource(),
                wanted.outcome(),
                wanted.labels(),
                wanted.text());
    }

    private static Sample sample(StrongroomClient client, Selection wanted) {
        QueryPage page = client.records().query(query(wanted));
        Map<String, Withheld> found = new TreeMap<>();
        for (QueryItem item : page.items()) {
            for (FieldVerdict field : item.committed()) {
                if (field.verdict() != Commitment.Verdict.PRESENT) {
                    String pointer = field.pointer() == null ? "" : field.pointer();
                    String reason = field.reason() == null ? "" : field.reason();
                    found.merge(
                            pointer + reason,
                            new Withheld(pointer, reason, 1),
                            (one, other) -> new Withheld(pointer, reason, one.records() + 1));
                }
            }
        }
        return new Sample(page.items().size(), page.nextCursor() != null, new ArrayList<>(found.values()));
    }

    private static RecordQuery query(Selection wanted) {
        RecordQuery query = RecordQuery.ALL.limit(SAMPLE);
        for (Map.Entry<String, @Nullable String> filter : filters(wanted).entrySet()) {
            String value = filter.getValue();
            query = value == null ? query : query.with(filter.getKey(), value);
        }
        for (Map.Entry<String, String> label : wanted.labels().entrySet()) {
            query = query.label(label.getKey(), label.getValue());
        }
        return wanted.text() == null ? query : query.text(wanted.text());
    }

    private static Map<String, @Nullable String> filters(Selection wanted) {
        Map<String, @Nullable String> filters = new TreeMap<>();
        filters.put("from", wanted.from());
        filters.put("to", wanted.to());
        filters.put(
                "fromSeq", wanted.fromSeq() == null ? null : wanted.fromSeq().toString());
        filters.put("toSeq", wanted.toSeq() == null ? null : wanted.toSeq().toString());
        filters.put("stream", wanted.stream());
        filters.put("source", wanted.source());
        filters.put("actor", wanted.actor());
        filters.put("action", wanted.action());
        filters.put("resource", wanted.resource());
        filters.put(
                "outcome", wanted.outcome() == null ? null : wanted.outcome().wire());
        return filters;
    }
}
