package io.strongroom.policies.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.policies.bundle.BundleLoader;
import io.strongroom.policies.bundle.OwnBundles;
import org.junit.jupiter.api.Test;

/** The bundles that come with the product do what their own tests say. */
class OwnBundlesTest {
    @Test
    void the_default_bundle_passes_its_tests() {
        TestReport report = BundleTests.run(BundleLoader.load(OwnBundles.files("default")));

        assertThat(report.failed()).as(report.toText()).isZero();
        assertThat(report.cases()).hasSizeGreaterThanOrEqualTo(8);
    }
}
