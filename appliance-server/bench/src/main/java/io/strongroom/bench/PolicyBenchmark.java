package io.strongroom.bench;

import io.strongroom.evidence.json.CanonicalJson;
import io.strongroom.policies.AccessRequest;
import io.strongroom.policies.Caller;
import io.strongroom.policies.Operations;
import io.strongroom.policies.PolicyDecision;
import io.strongroom.policies.ViewDecision;
import io.strongroom.policies.bundle.BundleLoader;
import io.strongroom.policies.bundle.OwnBundles;
import io.strongroom.policies.evaluate.CompiledPolicy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The default bundle on records of 1 KB with 20 attributes; it hides three fields of each: who, their address, their mail. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgs = "-Xmx512m")
public class PolicyBenchmark {
    private static final int RECORDS = 256;
    private static final int HIDDEN = 3;
    private static final String STREAM = "audit.security";
    private static final String[] NAMES = {
        "basket",
        "batch",
        "browser",
        "campaign",
        "carrier",
        "channel",
        "coupon",
        "country",
        "currency",
        "device",
        "locale",
        "method",
        "priority",
        "segment",
        "shift",
        "store",
        "terminal",
        "warehouse"
    };

    private final CompiledPolicy policy = new CompiledPolicy(BundleLoader.load(OwnBundles.files("default")), "");
    private final AccessRequest reader = new AccessRequest(
            new Caller("u-17", Set.of("Audit.Reader"), Map.of()), Operations.READ_RECORDS, "", Instant.EPOCH);
    private final byte[][] records = new byte[RECORDS][];
    private int next;

    @Setup
    public void records() {
        SplittableRandom random = new SplittableRandom(17);
        for (int i = 0; i < RECORDS; i++) {
            records[i] = CanonicalJson.of(record(random).getBytes(StandardCharsets.UTF_8));
            int hidden = policy.decide(STREAM, records[i]).commitments().size();
            if (hidden != HIDDEN) {
                throw new IllegalStateException("the record hides " + hidden + " fields, not " + HIDDEN);
            }
        }
    }

    private static String record(SplittableRandom random) {
        StringBuilder json = new StringBuilder("{\"tenantId\":\"acme\",\"stream\":\"" + STREAM + "\",");
        json.append("\"source\":{\"id\":\"order-service\",\"sequence\":")
                .append(random.nextInt(1 << 20))
                .append("},");
        json.append("\"occurredAt\":\"2026-11-21T01:02:03.004Z\",\"action\":\"Order.Placed\",\"outcome\":\"success\",");
        json.append("\"actor\":{\"type\":\"User\",\"id\":\"00u").append(Long.toString(random.nextLong(1L << 40), 36));
        json.append("\"},\"resource\":{\"type\":\"Order\",\"id\":\"ord-").append(random.nextInt(1 << 20));
        json.append("\"},\"correlation\":{\"traceId\":\"").append(hex(random)).append(hex(random));
        json.append("\",\"spanId\":\"")
                .append(hex(random))
                .append("\"},\"labels\":{\"env\":\"prod\"},\"attributes\":{");
        json.append("\"email\":\"john.").append(random.nextInt(1000)).append("@example.com\",\"ip\":\"192.0.2.");
        json.append(random.nextInt(256)).append('"');
        for (int i = 0; i < NAMES.length; i++) {
            json.append(",\"").append(NAMES[i]).append("\":");
            switch (i % 4) {
                case 0 -> json.append(random.nextInt(100_000));
                case 1 -> json.append("\"2026-11-2").append(random.nextInt(10)).append("T10:00:00Z\"");
                default ->
                    json.append('"')
                            .append(word(random))
                            .append(' ')
                            .append(word(random))
                            .append('"');
            }
        }
        return json.append("}}").toString();
    }

    private static String word(SplittableRandom random) {
        return Documents.WORDS.get(random.nextInt(Documents.WORDS.size()));
    }

    private static String hex(SplittableRandom random) {
        return "%016x".formatted(random.nextLong());
    }

    /** What intake asks of each record. */
    @Benchmark
    public PolicyDecision policyDecide() {
        return policy.decide(STREAM, records[next++ & RECORDS - 1]);
    }

    /** What a query asks of each record: access, and how each field is seen. */
    @Benchmark
    public ViewDecision policyRead() {
        return policy.read(reader, STREAM, records[next++ & RECORDS - 1]);
    }
}
