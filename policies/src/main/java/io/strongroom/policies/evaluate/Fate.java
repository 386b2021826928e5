package io.strongroom.policies.evaluate;

import static java.util.Objects.requireNonNull;

import io.strongroom.policies.Classification;
import io.strongroom.policies.Kind;
import io.strongroom.policies.Mask;
import io.strongroom.policies.bundle.Bundle.DetectorRule;
import io.strongroom.policies.bundle.Bundle.Handling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that the rules say about a field before its value is seen. What a detector finds in the value can still raise its
 * class, so whatever depends on the class stands here for each of them.
 *
 * @param isClear whether the field always stands in clear, and no rule is about it
 * @param classification the highest class that a rule gives, or the default
 * @param kind the first kind that a rule of that class gives
 * @param isWhole whether an object is one field
 * @param detectors that look into the value, those of the highest class first
 * @param handling what a rule does with it; null if none speaks of it
 * @param handlingReason why a hash may stay
 * @param isFindable whether a keyed hash finds it, if it is committed
 * @param subject which pointer to the data subject leads here or around it, counted from 0; {@link #NO_SUBJECT} if none
 * @param masks by profile, and in it by {@link Sensitivity#slot}
 * @param touched a bit for each {@link Sensitivity#slot} that any profile masks
 * @param isExported by export rule: whether the rule gives it out
 */
@SuppressWarnings("ArrayRecordComponent")
record Fate(
        boolean isClear,
        Classification classification,
        @Nullable Kind kind,
        boolean isWhole,
        DetectorRule[] detectors,
        @Nullable Handling handling,
        String handlingReason,
        boolean isFindable,
        int subject,
        MaskChoice[][] masks,
        int touched,
        boolean[] isExported) {

    static final int NO_SUBJECT = Integer.MAX_VALUE;

    /**
     * What a profile does with a field.
     *
     * @param rule who says so
     */
    record MaskChoice(Mask mask, String rule) {
        private MaskChoice orStricter(MaskChoice that) {
            return that.mask.compareTo(mask) >= 0 ? that : this;
        }
    }

    /** The class and kind that rules give, whatever the value. */
    Sensitivity sensitivity() {
        return Sensitivity.of(classification, kind);
    }

    /** Whether it counts what a detector finds: a kind that rules give stands if that is of no higher class. */
    boolean isRaisedBy(DetectorRule detector) {
        int higher = detector.classification().compareTo(classification);
        return higher > 0 || higher == 0 && kind == null && detector.kind() != null;
    }

    /** The class and kind of what a detector finds; where it gives no kind, that of the rules. */
    Sensitivity found(DetectorRule by) {
        return Sensitivity.of(by.classification(), by.kind() == null ? kind : by.kind());
    }

    /** Whether any profile masks the field, if it is as sensitive as that. */
    boolean isTouched(Sensitivity sensitivity) {
        return (touched & sensitivity.slots()) != 0;
    }

    /** What a profile does with the field, if it is as sensitive as that: the strictest that it does with any of it. */
    MaskChoice mask(int profile, Sensitivity sensitivity) {
        MaskChoice strictest = null;
        for (int rest = sensitivity.slots(); rest != 0; rest &= rest - 1) {
            MaskChoice next = masks[profile][Integer.numberOfTrailingZeros(rest)];
            strictest = strictest == null ? next : strictest.orStricter(next);
        }
        return requireNonNull(strictest, "nothing is in the field");
    }

    /** The fate of something that holds both: of each thing, what is more restrictive. */
    Fate and(Fate that) {
        if (this == that) {
            return this;
        }
        MaskChoice[][] stricter = new MaskChoice[masks.length][Sensitivity.SLOTS];
        for (int profile = 0; profile < masks.length; profile++) {
            for (int slot = 0; slot < Sensitivity.SLOTS; slot++) {
                stricter[profile][slot] = that.masks[profile][slot].orStricter(masks[profile][slot]);
            }
        }
        boolean[] exported = new boolean[isExported.length];
        for (int rule = 0; rule < exported.length; rule++) {
            exported[rule] = isExported[rule] && that.isExported[rule];
        }
        Set<DetectorRule> all = new LinkedHashSet<>(Arrays.asList(detectors));
        all.addAll(Arrays.asList(that.detectors));
        return new Fate(
                false,
                classification.max(that.classification),
                that.classification.compareTo(classification) > 0 ? that.kind : kind != null ? kind : that.kind,
                false,
                byClass(all),
                handling == that.handling
                        ? handling
                        : handling == Handling.DROP || that.handling == Handling.DROP ? Handling.DROP : Handling.COMMIT,
                handlingReason,
                isFindable && that.isFindable,
                Math.min(subject, that.subject),
                stricter,
                touched | that.touched,
                exported);
    }

    static DetectorRule[] byClass(Set<DetectorRule> detectors) {
        List<DetectorRule> sorted = new ArrayList<>(detectors);
        sorted.sort((a, b) -> b.classification().compareTo(a.classification()));
        return sorted.toArray(DetectorRule[]::new);
    }
}
