package io.strongroom.policies.evaluate;

import io.strongroom.policies.Classification;
import io.strongroom.policies.Kind;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How sensitive a field is: the class and kind of each thing that is in it. Several are in a field that holds several
 * values or a personal name, and in a text in which detectors find more than one.
 *
 * @param found a bit for each {@link #slot} that was found
 */
record Sensitivity(int found) {
    /** Of a field into which nobody has looked yet. */
    static final Sensitivity UNKNOWN = new Sensitivity(0);

    private static final int KINDS = Kind.values().length + 1;

    /** How many combinations of class and kind there are. */
    static final int SLOTS = Classification.values().length * KINDS;

    private static final Sensitivity[] OF_ONE = IntStream.range(0, SLOTS)
            .mapToObj(slot -> new Sensitivity(1 << slot))
            .toArray(Sensitivity[]::new);

    /** The number of a class and a kind, from 0: the higher the class, the higher the number. */
    static int slot(Classification classification, @Nullable Kind kind) {
        return classification.ordinal() * KINDS + (kind == null ? 0 : kind.ordinal() + 1);
    }

    static Classification classification(int slot) {
        return Classification.values()[slot / KINDS];
    }

    static @Nullable Kind kind(int slot) {
        return slot % KINDS == 0 ? null : Kind.values()[slot % KINDS - 1];
    }

    /** Of one thing. */
    static Sensitivity of(Classification classification, @Nullable Kind kind) {
        return OF_ONE[slot(classification, kind)];
    }

    /** Of a field that holds both. */
    Sensitivity and(Sensitivity that) {
        int both = found | that.found;
        return both == that.found ? that : both == found ? this : new Sensitivity(both);
    }

    boolean isUnknown() {
        return found == 0;
    }

    /**
     * The highest class of what is in the field.
     *
     * @throws IllegalStateException if nobody has looked into it
     */
    Classification classification() {
        if (isUnknown()) {
            throw new IllegalStateException("a field without a class");
        }
        return classification(Integer.SIZE - 1 - Integer.numberOfLeadingZeros(found));
    }

    /** The same kinds of things, each of this class. */
    Sensitivity allOf(Classification classification) {
        Sensitivity raised = UNKNOWN;
        for (int rest = found; rest != 0; rest &= rest - 1) {
            raised = raised.and(of(classification, kind(Integer.numberOfTrailingZeros(rest))));
        }
        return raised;
    }

    /**
     * The slots by which the field is masked, a bit for each: everything in it counts by itself, and each kind also in
     * the class of the whole.
     */
    int slots() {
        int slots = found;
        for (int rest = found; rest != 0; rest &= rest - 1) {
            Kind kind = kind(Integer.numberOfTrailingZeros(rest));
            if (kind != null) {
                slots |= 1 << slot(classification(), kind);
            }
        }
        return slots;
    }
}
