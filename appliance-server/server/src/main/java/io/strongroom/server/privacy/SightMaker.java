package io.strongroom.server.privacy;

import io.strongroom.evidence.field.Disclosure;
import io.strongroom.evidence.field.JsonPointer;
import io.strongroom.evidence.json.CanonicalObject;
import io.strongroom.evidence.json.CanonicalWriter;
import io.strongroom.evidence.json.JsonSlice;
import io.strongroom.evidence.json.JsonToken;
import io.strongroom.policies.Classification;
import io.strongroom.policies.FieldView;
import io.strongroom.policies.Mask;
import io.strongroom.policies.ViewDecision;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lays a decision over one record: which of its disclosures may be given, and what is said of the others. */
final class SightMaker {
    private static final String PARTLY = "what it stands in is shown only in part, so that it cannot be proven";

    private final ViewDecision decision;
    private final byte[] whole;
    private final List<Disclosure> opened;

    SightMaker(ViewDecision decision, byte[] whole, List<Disclosure> opened) {
        this.decision = decision;
        this.whole = whole;
        this.opened = opened;
    }

    RecordSight sight(List<SeenField> closed) {
        List<SeenField> fields = new ArrayList<>();
        List<FieldView> inClear = hiddenInClear();
        // Where something cannot be opened any more, an object without members may be what is left around it: nothing
        // of
        // it can be taken out of the record, so that it is told as hidden beside it.
        boolean leftovers = !closed.isEmpty() && inClear.stream().allMatch(view -> isEmptyObject(view.pointer()));
        if (!inClear.isEmpty() && !leftovers) {
            // Parts of a body prove nothing, so the record stays away, and each field is told by itself.
            decision.fields().forEach(view -> fields.add(unproven(view, null)));
            fields.addAll(closed);
            return new RecordSight(
                    false,
                    List.of(),
                    List.of(),
                    fields,
                    "the policy in force hides fields that the record holds in clear",
                    decision.profile());
        }
        List<Disclosure> disclosed = new ArrayList<>();
        List<Disclosure> findable = new ArrayList<>();
        for (Disclosure disclosure : opened) {
            List<FieldView> views = about(disclosure.pointer().toString());
            if (!views.isEmpty() && views.stream().allMatch(FieldView.Present.class::isInstance)) {
                disclosed.add(disclosure);
                findable.add(disclosure);
                fields.add(new SeenField.Shown(disclosure.digest(), disclosure, highest(views)));
            } else if (views.isEmpty()) {
                fields.add(new SeenField.Hidden(
                        disclosure.digest(),
                        disclosure.pointer(),
                        Classification.RESTRICTED,
                        "the policy in force does not know such a field"));
            } else {
                views.forEach(view -> fields.add(unproven(view, disclosure.digest())));
                if (views.stream().noneMatch(FieldView.Hidden.class::isInstance)) {
                    findable.add(disclosure);
                }
            }
        }
        inClear.forEach(view -> fields.add(unproven(view, null)));
        fields.addAll(closed);
        return new RecordSight(true, disclosed, findable, fields, "", decision.profile());
    }

    /** The fields that are not for this reader and stand, at least in part, in the stored record itself. */
    private List<FieldView> hiddenInClear() {
        return decision.fields().stream()
                .filter(view -> !(view instanceof FieldView.Present))
                .filter(view -> opened.stream()
                        .noneMatch(disclosure ->
                                isWithin(view.pointer(), disclosure.pointer().toString())))
                .toList();
    }

    private boolean isEmptyObject(String pointer) {
        JsonSlice value = value(JsonPointer.parse(pointer));
        return value.kind() == JsonToken.BEGIN_OBJECT && value.length() == 2;
    }

    private List<FieldView> about(String disclosed) {
        List<FieldView> views = new ArrayList<>();
        for (FieldView view : decision.fields()) {
            if (isWithin(view.pointer(), disclosed) || isWithin(disclosed, view.pointer())) {
                views.add(view);
            }
        }
        return views;
    }

    private static boolean isWithin(String pointer, String outer) {
        return pointer.startsWith(outer)
                && (pointer.length() == outer.length() || pointer.charAt(outer.length()) == '/');
    }

    private static Classification highest(List<FieldView> views) {
        Classification highest = Classification.PUBLIC;
        for (FieldView view : views) {
            highest = highest.max(view.classification());
        }
        return highest;
    }

    private SeenField unproven(FieldView view, @Nullable String digest) {
        JsonPointer pointer = JsonPointer.parse(view.pointer());
        return switch (view) {
            case FieldView.Present present ->
                new SeenField.Masked(
                        digest, pointer, present.classification(), Mask.NONE.text(), value(pointer), PARTLY);
            case FieldView.Masked masked ->
                new SeenField.Masked(
                        digest,
                        pointer,
                        masked.classification(),
                        masked.mask().text(),
                        text(masked.value()),
                        "masked by " + masked.rule());
            case FieldView.Hidden hidden ->
                new SeenField.Hidden(digest, pointer, hidden.classification(), hidden.reason());
        };
    }

    private static JsonSlice text(String rendering) {
        byte[] json = new CanonicalWriter().string(rendering).toBytes();
        return new JsonSlice(json, 0, json.length);
    }

    private JsonSlice value(JsonPointer pointer) {
        JsonSlice value = new JsonSlice(whole, 0, whole.length);
        for (String token : pointer.tokens()) {
            CanonicalObject object = value.kind() == JsonToken.BEGIN_OBJECT ? value.object() : null;
            JsonSlice member = object == null ? null : object.get(token);
            if (member == null) {
                throw new IllegalStateException("a field was decided about that the record does not have");
            }
            value = member;
        }
        return value;
    }
}
