package io.strongroom.policies.evaluate;

import io.strongroom.evidence.json.JsonSlice;
import io.strongroom.policies.Classification;
import io.strongroom.policies.FieldView;
import io.strongroom.policies.Mask;
import io.strongroom.policies.TenantHash;
import io.strongroom.policies.bundle.Bundle.Handling;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decides how a reader sees the fields of a record. */
final class ViewWalk extends RecordWalk {
    private static final int NONE = -1;
    private static final int EXPECTED_FIELDS = 40;

    private final int profile;
    private final int export;
    private final String exportRule;
    private final List<FieldView> views = new ArrayList<>(EXPECTED_FIELDS);
    private final List<Integer> marks = new ArrayList<>();

    /**
     * @param profile the masking profile, counted in the plan; −1 for none
     * @param export the export rule, counted in the plan; −1 where nothing is taken out
     */
    ViewWalk(Plan plan, byte[] record, int profile, int export, boolean attributesRestricted) {
        super(plan, record, attributesRestricted);
        this.profile = profile;
        this.export = export;
        this.exportRule = export == NONE ? "" : plan.exports().get(export).id().toString();
    }

    List<FieldView> views() {
        run();
        return views;
    }

    @Override
    void field(JsonSlice value, Fate fate, Sensitivity sensitivity) {
        views.add(view(value, fate, sensitivity));
    }

    private FieldView view(JsonSlice value, Fate fate, Sensitivity sensitivity) {
        String pointer = pointer();
        Classification classification = sensitivity.classification();
        if (export != NONE && !fate.isExported()[export]) {
            return new FieldView.Hidden(
                    pointer, classification, "not among the fields that " + exportRule + " gives out");
        }
        if (fate.handling() == Handling.HASH && TenantHash.is(value)) {
            // The bundle has it stand in clear, with a reason.
            return new FieldView.Present(pointer, classification);
        }
        if (profile == NONE) {
            // A record from before the rule may still hold what would now be dropped or hashed.
            boolean guarded = classification.isCommitted() || fate.isTouched(sensitivity) || fate.handling() != null;
            return guarded
                    ? new FieldView.Hidden(pointer, classification, "no masking profile fits the reader")
                    : new FieldView.Present(pointer, classification);
        }
        Fate.MaskChoice choice = fate.mask(profile, sensitivity);
        return switch (choice.mask()) {
            case NONE -> new FieldView.Present(pointer, classification);
            case OMIT -> new FieldView.Hidden(pointer, classification, "omitted by " + choice.rule());
            default -> {
                Optional<String> rendering = Rendering.of(choice.mask(), value);
                yield rendering.isPresent()
                        ? new FieldView.Masked(pointer, classification, choice.mask(), rendering.get(), choice.rule())
                        : new FieldView.Hidden(
                                pointer,
                                classification,
                                "its value cannot be shown as " + words(choice.mask()) + ", as " + choice.rule()
                                        + " wants");
            }
        };
    }

    private static String words(Mask mask) {
        return mask == Mask.YEAR ? "a year" : mask.text();
    }

    @Override
    void enter() {
        marks.add(views.size());
    }

    @Override
    void leave() {
        marks.removeLast();
    }

    @Override
    void forget() {
        views.subList(marks.removeLast(), views.size()).clear();
    }
}
