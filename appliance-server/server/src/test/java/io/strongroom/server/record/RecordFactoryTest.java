package io.strongroom.server.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.TenantId;
import io.strongroom.evidence.json.CanonicalJson;
import io.strongroom.policies.Policy;
import io.strongroom.policies.evaluate.BuiltInPolicy;
import io.strongroom.server.keys.RandomBytes;
import io.strongroom.server.privacy.FieldHashes;
import io.strongroom.server.privacy.Sealed;
import io.strongroom.server.privacy.SealedDisclosures;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class RecordFactoryTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-21T01:02:03.004Z"));

    private final Policy policy = new BuiltInPolicy();
    private final RandomBytes random = new RandomBytes(new SecureRandom());
    private final RecordFactory factory = new RecordFactory(
            policy,
            new RecordIds(CLOCK, random),
            random,
            (id, digest, subject, disclosures, findable) -> {
                throw new AssertionError("nothing is hidden, so nothing is to be sealed");
            },
            (id, digest, subject, body, line) ->
                    new Sealed(List.of(new SealedDisclosures(SealedDisclosures.LINE, 1, line)), null),
            new FieldHashes(new SecretKeySpec(new byte[32], "HKDF"), new TenantId("acme")),
            "");

    @Test
    void a_stored_record_is_the_document_and_the_stamps_in_canonical_form() {
        Draft draft = factory.draft(document("{\"action\":\"a\",\"occurredAt\":\"2026-11-21T01:02:03.004Z\","
                + "\"purpose\":\"p\",\"resource\":{\"id\":\"r\",\"type\":\"t\"},\"source\":{\"id\":\"s\"},"
                + "\"stream\":\"audit.default\",\"tenantId\":\"acme\"}"));

        String body = new String(draft.body(), StandardCharsets.UTF_8);
        String salt = body.replaceAll(".*\"salt\":\"([^\"]*)\".*", "$1");
        assertThat(salt).matches("[A-Za-z0-9_-]{22}");
        assertThat(body)
                .isEqualTo("{\"action\":\"a\",\"occurredAt\":\"2026-11-21T01:02:03.004Z\","
                        + "\"policy\":{\"bundle\":\"" + policy.bundle().digest()
                        + "\",\"classification\":\"INTERNAL\",\"commit\":\"\",\"retention\":\"audit-7y\",\"version\":\"1\"},"
                        + "\"purpose\":\"p\",\"receivedAt\":\"2026-11-21T01:02:03.004Z\",\"recordId\":\""
                        + draft.id() + "\",\"resource\":{\"id\":\"r\",\"type\":\"t\"},\"salt\":\"" + salt
                        + "\",\"source\":{\"id\":\"s\"},\"stream\":\"audit.default\",\"tenantId\":\"acme\",\"v\":1}");
        assertThat(CanonicalJson.isCanonical(draft.body())).isTrue();
        assertThat(draft.digest()).isEqualTo(Digest.of(draft.body()));
        assertThat(draft.policy()).isEqualTo(policy.bundle().digest());
        assertThat(draft.retain()).isEqualTo("audit-7y");
        assertThat(draft.disclosures()).isEmpty();
    }

    @Test
    void the_stamps_find_their_places_in_the_smallest_document() {
        Draft draft = factory.draft(document("{\"source\":{\"id\":\"s\"}}"));

        assertThat(CanonicalJson.isCanonical(draft.body())).isTrue();
    }

    @Test
    void the_same_document_twice_makes_two_records_that_no_digest_connects() {
        Document document = document("{\"source\":{\"id\":\"s\"}}");

        assertThat(factory.draft(document).digest())
                .isNotEqualTo(factory.draft(document).digest());
    }

    @Test
    void the_appliance_writes_its_own_records_under_its_own_source() {
        SystemRecords system = new ApplianceRecords(new TenantId("Acme"), policy, factory);

        Draft draft = system.draft(
                "system.guard",
                new SystemRecords.Event(
                        0,
                        "Guard.Denied",
                        "failure",
                        "Service",
                        "tok\"1\n",
                        "Route",
                        "/api",
                        Map.of("count", 3, "list", List.of("ä", true), "map", Map.of("b", 1L, "a", 0.5))));

        assertThat(draft.stream()).isEqualTo("system.guard");
        assertThat(draft.source()).isEqualTo("strongroom");
        assertThat(draft.key()).isNull();
        assertThat(new String(draft.body(), StandardCharsets.UTF_8))
                .startsWith("{\"action\":\"Guard.Denied\",\"actor\":{\"id\":\"tok\\\"1\\n\",\"type\":\"Service\"},"
                        + "\"attributes\":{\"count\":3,\"list\":[\"ä\",true],\"map\":{\"a\":0.5,\"b\":1}},"
                        + "\"occurredAt\":\"1970-01-01T00:00:00.000Z\",\"outcome\":\"failure\",\"policy\":")
                .contains("\"source\":{\"id\":\"strongroom\"},\"stream\":\"system.guard\",\"tenantId\":\"Acme\"");
        assertThat(CanonicalJson.isCanonical(draft.body())).isTrue();
    }

    @Test
    void the_appliance_does_not_write_into_other_peoples_streams() {
        SystemRecords system = new ApplianceRecords(new TenantId("acme"), policy, factory);
        SystemRecords.Event event = new SystemRecords.Event(0, "a", "success", "Service", "x", "Route", "y", Map.of());

        assertThatIllegalArgumentException().isThrownBy(() -> system.draft("audit.default", event));
    }

    private static Document document(String canonical) {
        return new Document(canonical.getBytes(StandardCharsets.UTF_8), "audit.default", "s", null, null);
    }
}
