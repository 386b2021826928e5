package io.strongroom.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.policies.Policy;
import io.strongroom.server.PolicyOf;
import io.strongroom.server.access.Caller;
import io.strongroom.server.access.Scope;
import io.strongroom.server.gateway.Quotas.Asked;
import io.strongroom.server.gateway.Quotas.Exceeded;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What a bundle lets callers use up, on clocks that the test moves. */
class QuotasTest {
    private static final Caller SENSOR = sender("tok_1", "sensor-1", "sensor-2", "desk");
    private static final Caller OTHER = sender("tok_2", "sensor-1");
    private static final Caller READER = new Caller("tok_3", "reader", "acme", Set.of(Scope.READ), Set.of());

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-21T23:00:00Z"));
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicReference<Policy> inForce = new AtomicReference<>(PolicyOf.quotas("""
            rules:
              - {roles: [Audit.Reader], requestsPerSecond: 3}
              - {name: sensors, sources: [sensor-*], recordsPerSecond: 2, bytesPerDay: 1000, requestsPerSecond: 50}
              - {sources: [desk], requestsPerSecond: 1}
            """));
    private final Quotas quotas = new Quotas(
            (Policy) Proxy.newProxyInstance(
                    Policy.class.getClassLoader(),
                    new Class<?>[] {Policy.class},
                    (proxy, method, arguments) -> method.invoke(inForce.get(), arguments)),
            now::get,
            nanos::get);

    private static Caller sender(String id, String... sources) {
        return new Caller(id, id, "acme", Set.of(Scope.INGEST), Set.of(sources));
    }

    private Optional<Exceeded> record(Caller caller, String source, int bytes) {
        return quotas.takeRecord(caller, source, bytes);
    }

    private void pass(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void recordsOfASecondAreCountedByCallerAndRuleWhateverTheSource() {
        assertThat(record(SENSOR, "sensor-1", 10)).isEmpty();
        assertThat(record(SENSOR, "sensor-2", 10)).isEmpty();
        assertThat(record(SENSOR, "sensor-1", 10)).hasValueSatisfying(exceeded -> {
            assertThat(exceeded.rule()).isEqualTo("quotas.yaml:3 (sensors)");
            assertThat(exceeded.retryAfter()).isEqualTo(Duration.ofSeconds(1));
            assertThat(exceeded.detail()).contains("2 records a second");
        });
        assertThat(record(OTHER, "sensor-1", 10)).as("another caller").isEmpty();
        assertThat(record(SENSOR, "desk", 10)).as("another rule").isEmpty();
        pass(Duration.ofMillis(500));
        assertThat(record(SENSOR, "sensor-1", 10)).isEmpty();
        assertThat(record(SENSOR, "sensor-1", 10)).isPresent();
    }

    @Test
    void uploadsAreCountedWithTheBytesOfADay() {
        assertThat(quotas.takeUpload(SENSOR, 600)).isEmpty();
        assertThat(record(SENSOR, "sensor-1", 401)).isPresent();
        assertThat(record(SENSOR, "sensor-1", 300)).isEmpty();
        assertThat(quotas.takeUpload(SENSOR, 101)).hasValueSatisfying(exceeded -> {
            assertThat(exceeded.rule()).isEqualTo("quotas.yaml:3 (sensors)");
            assertThat(exceeded.detail()).contains("1000 bytes of records and uploads a day");
        });
        assertThat(quotas.takeUpload(OTHER, 1_000)).as("another caller").isEmpty();
        assertThat(quotas.takeUpload(sender("desk-token", "desk"), 1L << 40))
                .as("a source that no rule limits")
                .isEmpty();
    }

    @Test
    void bytesAreThoseOfAUtcDayAndComeBackAtMidnight() {
        assertThat(record(SENSOR, "sensor-1", 600)).isEmpty();
        pass(Duration.ofMinutes(30));
        assertThat(record(SENSOR, "sensor-1", 401)).hasValueSatisfying(exceeded -> assertThat(exceeded.retryAfter())
                .isEqualTo(Duration.ofMinutes(30)));
        assertThat(record(SENSOR, "sensor-1", 400))
                .as("what was refused is not counted")
                .isEmpty();
        pass(Duration.ofMinutes(30));
        assertThat(record(SENSOR, "sensor-1", 1000)).isEmpty();
    }

    @Test
    void requestsAreLimitedByRoleOrByTheStrictestOfATokensSources() {
        for (int i = 0; i < 3; i++) {
            assertThat(quotas.takeRequest(READER).map(Asked::allowance).orElseThrow())
                    .extracting(RateLimits.Allowance::granted)
                    .isEqualTo(true);
        }
        Asked refused = quotas.takeRequest(READER).orElseThrow();
        assertThat(refused.allowance().granted()).isFalse();
        assertThat(refused.allowance().retrySeconds()).isEqualTo(1);
        assertThat(refused.rule()).isEqualTo("quotas.yaml:2");

        assertThat(quotas.takeRequest(SENSOR).orElseThrow().rule()).isEqualTo("quotas.yaml:4");
        assertThat(quotas.takeRequest(OTHER).orElseThrow().rule()).isEqualTo("quotas.yaml:3 (sensors)");
        assertThat(quotas.takeRequest(new Caller("tok_4", "x", "acme", Set.of(Scope.ADMIN), Set.of())))
                .as("nothing is said of such callers")
                .isEmpty();
    }

    @Test
    void anotherBundleLimitsFromTheNextRequestOn() {
        assertThat(record(SENSOR, "sensor-1", 1000)).isEmpty();
        assertThat(record(SENSOR, "sensor-1", 1)).isPresent();

        inForce.set(PolicyOf.quotas("rules:\n  - {sources: [sensor-*], bytesPerDay: 10}\n"));
        assertThat(record(SENSOR, "sensor-1", 11)).isPresent();
        assertThat(record(SENSOR, "sensor-1", 10)).isEmpty();

        inForce.set(PolicyOf.quotas("rules: []\n"));
        assertThat(record(SENSOR, "sensor-1", 100_000)).isEmpty();
    }

    @Test
    void whatIsForgottenToBoundTheMemoryIsNeverWhatWasUsedUp() {
        assertThat(record(SENSOR, "sensor-1", 1000)).isEmpty();
        for (int i = 0; i < 30_000; i++) {
            assertThat(record(sender("many_" + i, "sensor-x"), "sensor-x", 1)).isEmpty();
        }
        assertThat(record(SENSOR, "sensor-1", 1)).isPresent();
    }
}
