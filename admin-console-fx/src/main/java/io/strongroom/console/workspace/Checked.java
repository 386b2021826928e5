package io.strongroom.console.workspace;

import io.strongroom.policies.Fault;
import io.strongroom.policies.InvalidBundleException;
import io.strongroom.policies.bundle.Bundle;
import io.strongroom.policies.bundle.BundleLoader;
import io.strongroom.policies.check.BundleTests;
import io.strongroom.policies.check.TestReport;
import io.strongroom.policies.diff.Change;
import io.strongroom.policies.diff.SemanticDiff;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a draft: what is wrong with it, or how its tests went and what it decides otherwise than main.
 *
 * @param faults what keeps it from coming into force beside its tests; empty if nothing does
 * @param tests null where it is not valid
 * @param changes of main's decisions; empty where either is not valid
 * @param bundle the draft; null where it is not valid
 */
record Checked(
        List<Fault> faults,
        @Nullable TestReport tests,
        List<Change> changes,
        @Nullable Bundle bundle) {
    Checked {
        faults = List.copyOf(faults);
        changes = List.copyOf(changes);
    }

    /**
     * Checks a draft's files; takes a while where there are many tests.
     *
     * @throws InterruptedException if it is for nothing by now
     */
    static Checked of(Map<String, byte[]> files, Map<String, byte[]> main, Rechecking.Overtaken overtaken)
            throws InterruptedException {
        Bundle bundle;
        TestReport tests;
        overtaken.check();
        try {
            bundle = BundleLoader.load(files);
            overtaken.check();
            tests = BundleTests.run(bundle);
        } catch (InvalidBundleException e) {
            return new Checked(e.faults(), null, List.of(), null);
        }
        overtaken.check();
        try {
            return new Checked(
                    tests.faults(),
                    tests,
                    SemanticDiff.of(BundleLoader.load(main), bundle).changes(),
                    bundle);
        } catch (InvalidBundleException e) {
            // Main is no bundle that this program understands: nothing to compare with.
            return new Checked(tests.faults(), tests, List.of(), bundle);
        }
    }

    /** Whether it could be proposed. */
    boolean isGood() {
        return faults.isEmpty() && tests != null && tests.failed() == 0;
    }
}
