package io.strongroom.policies.evaluate;

import io.strongroom.policies.Classification;
import io.strongroom.policies.Mask;
import io.strongroom.policies.bundle.Bundle.DetectorRule;
import io.strongroom.policies.bundle.Bundle.ExportRule;
import io.strongroom.policies.bundle.Bundle.Handling;
import io.strongroom.policies.bundle.Bundle.Use;
import java.util.List;
import java.util.Set;

/**
 * What a bundle says about a field before any value of it is known, so that two bundles can be compared. What detectors
 * find in a value can only raise the class.
 */
public final class FieldOutlook {
    private final Plan plan;
    private final Fate fate;
    private final Sensitivity sensitivity;

    FieldOutlook(Plan plan, Fate fate, Sensitivity sensitivity) {
        this.plan = plan;
        this.fate = fate;
        this.sensitivity = sensitivity;
    }

    /** What becomes of a field when its record is written. */
    public enum Stored {
        CLEAR,
        COMMITTED,
        DROPPED,
        HASHED
    }

    /** The same field with a value in which a detector finds something. */
    public FieldOutlook found(DetectorRule by) {
        return new FieldOutlook(plan, fate, fate.isRaisedBy(by) ? sensitivity.and(fate.found(by)) : sensitivity);
    }

    /** The class that rules give it. */
    public Classification classification() {
        return sensitivity.classification();
    }

    /** What becomes of it when it is written. */
    public Stored stored() {
        if (fate.handling() == Handling.DROP) {
            return Stored.DROPPED;
        }
        if (fate.handling() == Handling.HASH) {
            return Stored.HASHED;
        }
        boolean committed =
                fate.handling() == Handling.COMMIT || classification().isCommitted() || fate.isTouched(sensitivity);
        return committed && !fate.isClear() ? Stored.COMMITTED : Stored.CLEAR;
    }

    /** Why a hash may stay; empty if it is not hashed. */
    public String hashReason() {
        return stored() == Stored.HASHED ? fate.handlingReason() : "";
    }

    /** Whether a keyed hash finds it. */
    public boolean isFindable() {
        return fate.isFindable() && stored() == Stored.COMMITTED;
    }

    /** How somebody in these roles sees it. */
    public Mask mask(Set<String> roles, Use use) {
        if (fate.isClear()) {
            return Mask.NONE;
        }
        int profile = CompiledPolicy.profile(plan.profiles(), roles, use);
        if (profile < 0) {
            return stored() == Stored.COMMITTED ? Mask.OMIT : Mask.NONE;
        }
        return fate.mask(profile, sensitivity).mask();
    }

    /** Whether an export rule of the bundle gives it out. */
    public boolean isExportedBy(ExportRule rule) {
        List<ExportRule> rules = plan.exports();
        return rules.contains(rule) && fate.isExported()[rules.indexOf(rule)];
    }
}
