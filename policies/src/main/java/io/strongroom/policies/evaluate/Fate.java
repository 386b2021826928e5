package io.strongroom.policies.evaluate;

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
 * @param masks by profile, and in it by {@link #slot}
 * @param isTouched by {@link #slot}: whether any profile masks it
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
        boolean[] isTouched,
        boolean[] isExported) {

    static final int NO_SUBJECT = Integer.MAX_VALUE;

    private static final int KINDS = Kind.values().length + 1;

    /** How many combinations of class and kind there are. */
    static final int SLOTS = Classification.values().length * KINDS;

    /**
     * What a profile does with a field.
     *
     * @param rule who says so
     */
    record MaskChoice(Mask mask, String rule) {}

    /** The place of a class and a kind in {@link #masks} and {@link #isTouched}. */
    static int slot(Classification classification, @Nullable Kind kind) {
        return classification.ordinal() * KINDS + (kind == null ? 0 : kind.ordinal() + 1);
    }

    static Classification classification(int slot) {
        return Classification.values()[slot / KINDS];
    }

    static @Nullable Kind kind(int slot) {
        return slot % KINDS == 0 ? null : Kind.values()[slot % KINDS - 1];
    }

    /** The fate of something that holds both: of each thing, what is more restrictive. */
    Fate and(Fate that) {
        if (this == that) {
            return this;
        }
        MaskChoice[][] stricter = new MaskChoice[masks.length][SLOTS];
        boolean[] touched = new boolean[SLOTS];
        for (int slot = 0; slot < SLOTS; slot++) {
            touched[slot] = isTouched[slot] || that.isTouched[slot];
            for (int profile = 0; profile < masks.length; profile++) {
                MaskChoice mine = masks[profile][slot];
                MaskChoice other = that.masks[profile][slot];
                stricter[profile][slot] = mine.mask().compareTo(other.mask()) >= 0 ? mine : other;
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
                touched,
                exported);
    }

    static DetectorRule[] byClass(Set<DetectorRule> detectors) {
        List<DetectorRule> sorted = new ArrayList<>(detectors);
        sorted.sort((a, b) -> b.classification().compareTo(a.classification()));
        return sorted.toArray(DetectorRule[]::new);
    }
}
