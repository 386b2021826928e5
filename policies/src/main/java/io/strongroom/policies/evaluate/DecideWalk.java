package io.strongroom.policies.evaluate;

import io.strongroom.evidence.json.JsonSlice;
import io.strongroom.policies.Classification;
import io.strongroom.policies.PolicyBundle;
import io.strongroom.policies.PolicyDecision;
import io.strongroom.policies.PolicyDecision.Commitment;
import io.strongroom.policies.PolicyDecision.Hashed;
import io.strongroom.policies.bundle.Bundle.Handling;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides what is done with the fields of a record when it is written. */
final class DecideWalk extends RecordWalk {
    private final Plan plan;
    private final List<Commitment> commitments = new ArrayList<>();
    private final List<String> dropped = new ArrayList<>();
    private final List<Hashed> hashed = new ArrayList<>();
    private final List<String> findable = new ArrayList<>();

    private @Nullable Classification highest;
    private int subject = Fate.NO_SUBJECT;
    private int fields;

    /** For each object that was entered and not left, what there was before it. */
    private final List<Mark> marks = new ArrayList<>();

    private record Mark(
            int commitments,
            int dropped,
            int hashed,
            int findable,
            int fields,
            int subject,
            @Nullable Classification highest) {}

    DecideWalk(Plan plan, byte[] record, boolean attributesRestricted) {
        super(plan, record, attributesRestricted);
        this.plan = plan;
    }

    PolicyDecision decide(PolicyBundle bundle, Optional<String> refusal, List<String> reasons, String rule) {
        run();
        List<String> all = reasons;
        if (subject == Fate.NO_SUBJECT && plan.subject().isPresent() && !commitments.isEmpty()) {
            all = new ArrayList<>(reasons);
            all.add("no field of the record names its data subject as "
                    + plan.subject().get().id() + " wants, so that its disclosures belong to none");
        }
        return new PolicyDecision(
                bundle,
                highest == null ? plan.otherwise() : highest,
                plan.retention().name(),
                commitments,
                dropped,
                hashed,
                findable,
                subject == Fate.NO_SUBJECT
                        ? Optional.empty()
                        : Optional.of(plan.subject(subject).toString()),
                refusal,
                all,
                rule);
    }

    @Override
    void field(JsonSlice value, Fate fate, Sensitivity sensitivity) {
        fields++;
        subject = Math.min(subject, fate.subject());
        Handling handling = fate.handling();
        if (handling == Handling.DROP) {
            dropped.add(pointer());
            return;
        }
        Classification classification = sensitivity.classification();
        highest = highest == null ? classification : highest.max(classification);
        if (handling == Handling.HASH) {
            hashed.add(new Hashed(pointer(), fate.handlingReason()));
        } else if (handling == Handling.COMMIT || classification.isCommitted() || fate.isTouched(sensitivity)) {
            String pointer = pointer();
            commitments.add(new Commitment(pointer, classification));
            if (fate.isFindable()) {
                findable.add(pointer);
            }
        }
    }

    @Override
    void enter() {
        marks.add(
                new Mark(commitments.size(), dropped.size(), hashed.size(), findable.size(), fields, subject, highest));
    }

    /** Where nothing of an object is kept, nothing of its names is kept either. */
    @Override
    void leave() {
        Mark mark = marks.removeLast();
        int inside = fields - mark.fields();
        if (inside > 0 && dropped.size() - mark.dropped() == inside) {
            truncate(dropped, mark.dropped());
            dropped.add(pointer());
            fields = mark.fields() + 1;
        }
    }

    @Override
    void forget() {
        Mark mark = marks.removeLast();
        truncate(commitments, mark.commitments());
        truncate(dropped, mark.dropped());
        truncate(hashed, mark.hashed());
        truncate(findable, mark.findable());
        fields = mark.fields();
        subject = mark.subject();
        highest = mark.highest();
    }

    private static void truncate(List<?> list, int size) {
        list.subList(size, list.size()).clear();
    }
}
