package io.strongroom.policies.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.evidence.Digest;
import io.strongroom.policies.Classification;
import io.strongroom.policies.PolicyDecision;
import io.strongroom.policies.bundle.BundleLoader;
import io.strongroom.policies.bundle.OwnBundles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BuiltInPolicyTest {
    private final BuiltInPolicy policy = new BuiltInPolicy();

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "{\"action\":\"x\",\"actor\":{\"id\":\"john@example.com\"},\"attributes\":{\"a\":[1]}}"})
    void hides_nothing_drops_nothing_and_keeps_everything_for_one_class(String record) {
        PolicyDecision decision = policy.decide("audit.default", record.getBytes(StandardCharsets.UTF_8));

        assertThat(decision.classification()).isEqualTo(Classification.INTERNAL);
        assertThat(decision.retention()).isEqualTo(BuiltInPolicy.RETENTION);
        assertThat(decision.commitments()).isEmpty();
        assertThat(decision.dropped()).isEmpty();
        assertThat(decision.hashed()).isEmpty();
        assertThat(decision.subject()).isEmpty();
        assertThat(decision.refusal()).isEmpty();
        assertThat(decision.bundle()).isEqualTo(policy.bundle());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "{\"action\":\"x\",\"actor\":{\"id\":\"john@example.com\"},\"attributes\":{\"a\":[1]}}"})
    void decides_without_a_look_as_it_would_with_one(String record) {
        Plan plan = new Plan(policy.source(), "audit.default");
        byte[] bytes = record.getBytes(StandardCharsets.UTF_8);

        assertThat(plan.decidesUnseen()).isTrue();
        assertThat(policy.decide("audit.default", bytes))
                .isEqualTo(new DecideWalk(plan, bytes, false).decide(policy.bundle(), Optional.empty(), List.of(), ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"closed", "mending", "default"})
    void a_bundle_that_hides_anything_looks(String bundle) {
        assertThat(new Plan(BundleLoader.load(OwnBundles.files(bundle)), "audit.default").decidesUnseen())
                .isFalse();
    }

    @Test
    void is_the_bundle_of_its_files() {
        assertThat(policy.bundle().name()).isEqualTo(BuiltInPolicy.NAME);
        assertThat(policy.bundle().version()).isEqualTo("1");
        assertThat(policy.bundle().commit()).isEmpty();
        assertThat(policy.retention("any.stream").period()).hasToString("P7Y");
    }

    @ParameterizedTest
    @ValueSource(strings = {"built-in", "closed", "mending", "default"})
    void the_list_of_a_bundle_names_every_file_of_its_folder(String bundle) throws IOException {
        try (Stream<Path> folder = Files.list(Path.of("bundles", bundle))) {
            assertThat(folder.map(path -> path.getFileName().toString()))
                    .hasSameElementsAs(OwnBundles.files(bundle).keySet());
        }
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
}
