package io.strongroom.policies.check;

import io.strongroom.policies.InvalidBundleException;
import io.strongroom.policies.bundle.Bundle;
import io.strongroom.policies.evaluate.CompiledPolicy;
import java.util.ArrayList;
import java.util.List;

/**
 * The tests that a bundle brings ({@code *.test.yaml}). They run against the bundle as it decides, with the time that they
 * state; nothing else of the world enters.
 */
public final class BundleTests {
    private BundleTests() {}

    /**
     * Runs all tests of a bundle, and looks whether the rules could be changed again and are about fields that somebody
     * could mean.
     *
     * @throws InvalidBundleException if a test speaks of what there is not
     */
    public static TestReport run(Bundle bundle) {
        return run(bundle, new CompiledPolicy(bundle, ""));
    }

    private static TestReport run(Bundle bundle, CompiledPolicy policy) {
        List<TestReport.Case> results = new ArrayList<>();
        for (TestFile file : TestFileReader.read(bundle.files())) {
            for (TestCase test : file.cases()) {
                List<String> failures = new TestRun(policy, file, test).failures();
                results.add(new TestReport.Case(file.path(), test.line(), test.name(), failures));
            }
        }
        return new TestReport(policy.bundle(), results, WayBack.faults(bundle), FieldNames.warnings(bundle));
    }
}
