package io.strongroom.policies;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.evidence.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BuiltInPolicyTest {
    private final BuiltInPolicy policy = new BuiltInPolicy();

    @Test
    void hides_nothing_drops_nothing_and_keeps_everything_for_one_class() {
        PolicyDecision decision = policy.decide("audit.default", "{}".getBytes(StandardCharsets.UTF_8));

        assertThat(decision.classification()).isEqualTo(Classification.INTERNAL);
        assertThat(decision.retention()).isEqualTo("audit-7y");
        assertThat(decision.commitments()).isEmpty();
        assertThat(decision.dropped()).isEmpty();
        assertThat(decision.subject()).isEmpty();
        assertThat(decision.bundle()).isEqualTo(policy.bundle());
    }

    @Test
    void the_bundle_holds_every_file_of_its_folder() throws IOException {
        try (Stream<Path> folder = Files.list(Path.of("bundles", BuiltInPolicy.NAME))) {
            assertThat(folder.map(path -> path.getFileName().toString())).hasSameElementsAs(BuiltInPolicy.PATHS);
        }
        assertThat(policy.files()).containsOnlyKeys(BuiltInPolicy.PATHS);
    }

    @Test
    void the_files_say_what_the_code_decides() {
        assertThat(text("classification.yaml"))
                .contains("default: " + policy.decide("x", new byte[0]).classification());
        assertThat(text("retention.yaml")).contains("default: " + BuiltInPolicy.RETENTION);
        assertThat(text("masking.yaml")).contains("profiles: []");
        assertThat(text("bundle.yaml"))
                .contains("name: " + policy.bundle().name())
                .contains("version: \"" + policy.bundle().version() + '"');
    }

    @Test
    void the_digest_is_that_of_the_list_of_digests() {
        StringBuilder list = new StringBuilder();
        policy.files().forEach((path, content) -> list.append(list.isEmpty() ? "{" : ",")
                .append('"')
                .append(path)
                .append("\":\"")
                .append(Digest.of(content))
                .append('"'));
        list.append('}');

        assertThat(policy.bundle().digest()).isEqualTo(Digest.of(list.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private String text(String path) {
        return new String(policy.files().get(path), StandardCharsets.UTF_8);
    }
}
