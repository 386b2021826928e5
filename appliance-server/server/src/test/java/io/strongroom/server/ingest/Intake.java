package io.strongroom.server.ingest;

import io.strongroom.evidence.TenantId;
import io.strongroom.policies.evaluate.BuiltInPolicy;
import io.strongroom.server.access.Caller;
import io.strongroom.server.access.Scope;
import io.strongroom.server.gateway.Quotas;
import io.strongroom.server.keys.RandomBytes;
import io.strongroom.server.privacy.FieldHashes;
import io.strongroom.server.privacy.Sealed;
import io.strongroom.server.privacy.SealedDisclosures;
import io.strongroom.server.record.IdempotencyKeys;
import io.strongroom.server.record.RecordFactory;
import io.strongroom.server.record.RecordIds;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;

/** Intake on fakes, for tenant {@code acme} and the source {@code orders}. */
final class Intake {
    static final TenantId TENANT = new TenantId("acme");
    static final Caller CALLER =
            new Caller("tok_1", "test", "acme", Set.of(Scope.INGEST), Set.of("orders", "strongroom"));
    static final Sender SENDER =
            new Sender(TENANT, Sender.Named.OURS, CALLER, "req-1", "POST /api/v1/audit/records:batch");

    final FakeLedger ledger = new FakeLedger();
    final FakeGuard guard = new FakeGuard();
    final IdempotencyKeys keys = new IdempotencyKeys(TENANT, new SecretKeySpec(new byte[32], "HmacSHA256"));
    final RandomBytes random = new RandomBytes(new SecureRandom());
    final RecordFactory records = new RecordFactory(
            new BuiltInPolicy(),
            new RecordIds(InstantSource.system(), random),
            random,
            (id, digest, subject, all, findable) -> {
                throw new AssertionError("nothing is hidden");
            },
            (id, digest, subject, body, line) ->
                    new Sealed(List.of(new SealedDisclosures(SealedDisclosures.LINE, 1, line)), null),
            new FieldHashes(new SecretKeySpec(new byte[32], "HKDF"), TENANT),
            "");
    final RecordIntake intake = underQuotas(new Quotas(new BuiltInPolicy(), InstantSource.system()));

    RecordIntake underQuotas(Quotas quotas) {
        return new RecordIntake(keys, records, ledger, guard, digest -> Optional.empty(), quotas);
    }

    /** A good line whose sequence is {@code sequence}. */
    static String line(long sequence) {
        return "{\"source\":{\"id\":\"orders\",\"sequence\":" + sequence + "},"
                + "\"occurredAt\":\"2026-11-21T01:02:03.004Z\",\"action\":\"Order.Placed\","
                + "\"actor\":{\"type\":\"User\",\"id\":\"u1\"},\"resource\":{\"type\":\"Order\",\"id\":\"o1\"},"
                + "\"attributes\":{\"n\":" + sequence + "}}";
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
