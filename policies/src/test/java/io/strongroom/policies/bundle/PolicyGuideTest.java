package io.strongroom.policies.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.policies.Operations;
import io.strongroom.policies.TestBundle;
import io.strongroom.policies.condition.Condition;
import io.strongroom.policies.detect.Detectors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docs/policy.md shows is what the product takes. */
class PolicyGuideTest {
    private static final Pattern EXAMPLE = Pattern.compile("(?s)\n## ([^\n]+)\n|```yaml\n(.*?)```");
    private static final Pattern FILE = Pattern.compile("([a-z]+\\.yaml)");

    private final String guide;

    PolicyGuideTest() throws IOException {
        guide = Files.readString(Path.of("..", "docs", "policy.md"));
    }

    /** Each example belongs to the file that its heading, or its first comment, names. */
    private Map<String, String> examples() {
        Map<String, String> examples = new TreeMap<>();
        String heading = "";
        Matcher matcher = EXAMPLE.matcher(guide);
        while (matcher.find()) {
            if (matcher.group(1) != null) {
                heading = matcher.group(1);
            } else {
                String yaml = matcher.group(2);
                String named = yaml.startsWith("#") ? yaml.lines().findFirst().orElse("") : heading;
                Matcher file = FILE.matcher(named);
                examples.put(file.find() ? file.group(1) : "guide.test.yaml", yaml);
            }
        }
        return examples;
    }

    @Test
    void the_examples_together_are_a_bundle() {
        TestBundle bundle = new TestBundle();
        examples().forEach(bundle::file);

        assertThat(bundle.files()).hasSize(BundleFile.values().length + 1);
        assertThat(bundle.faults()).isEmpty();
    }

    @Test
    void everything_that_can_be_named_is_named() {
        for (String operation : Operations.ALL) {
            assertThat(guide)
                    .contains(operation.split("\\.")[0] + ".")
                    .contains(operation.split("\\.")[1]);
        }
        assertThat(guide).contains(String.join(" ", Detectors.countries()));
        for (String variable : Condition.variables(true)) {
            assertThat(guide).contains(variable.substring(variable.indexOf('.') + 1));
        }
        for (BundleFile file : BundleFile.values()) {
            assertThat(guide).contains("| `" + file.path() + "` |");
        }
    }
}
