package io.strongroom.console.workspace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.policies.bundle.OwnBundles;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CheckedTest {
    /** The appliance would refuse the push, in the same words. */
    @Test
    void aDraftThatNobodyCouldChangeAgainIsNotGoodThoughItsTestsPass() throws InterruptedException {
        Map<String, byte[]> main = OwnBundles.files("default");
        Map<String, byte[]> files = OwnBundles.files("default");
        files.computeIfPresent("access.yaml", (path, content) -> new String(content, UTF_8)
                .replace(
                        "operations: [policy.approve, policy.activate]\n",
                        "operations: [policy.approve, policy.activate]\n    when: caller.attributes.team == 'x'\n")
                .getBytes(UTF_8));

        assertThat(Checked.of(main, main, new Rechecking.Overtaken()).isGood()).isTrue();
        Checked closed = Checked.of(files, main, new Rechecking.Overtaken());

        assertThat(closed.isGood()).isFalse();
        assertThat(closed.faults())
                .singleElement()
                .asString()
                .startsWith("access.yaml: leaves nobody who could change the rules again");
    }
}
