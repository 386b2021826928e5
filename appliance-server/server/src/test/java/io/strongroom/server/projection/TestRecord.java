package io.strongroom.server.projection;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.strongroom.evidence.Rfc3339;
import io.strongroom.evidence.json.CanonicalJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** A record as a test thinks of it. */
public record TestRecord(
        long occurredAt,
        String stream,
        String source,
        String action,
        String outcome,
        String actorType,
        String actor,
        String resourceType,
        String resource,
        Map<String, String> labels,
        List<String> words) {

    /** 2026-11-21T00:00:00Z. */
    public static final long DAY = 1_795_219_200_000L;

    public static TestRecord of(long occurredAt, String action, String actor) {
        return new TestRecord(
                occurredAt,
                "audit.default",
                "service-a",
                action,
                "success",
                "User",
                actor,
                "Thing",
                "thing_1",
                Map.of(),
                List.of());
    }

    public TestRecord withWords(String... text) {
        return new TestRecord(
                occurredAt,
                stream,
                source,
                action,
                outcome,
                actorType,
                actor,
                resourceType,
                resource,
                labels,
                List.of(text));
    }

    public TestRecord withLabel(String name, String value) {
        Map<String, String> more = new TreeMap<>(labels);
        more.put(name, value);
        return new TestRecord(
                occurredAt, stream, source, action, outcome, actorType, actor, resourceType, resource, more, words);
    }

    /** A record out of small vocabularies of uneven frequency, with a time around {@code at}. */
    public static TestRecord random(Random random, long at) {
        Map<String, String> labels = new TreeMap<>();
        if (random.nextInt(3) > 0) {
            labels.put("env", pick(random, "env", 4));
        }
        if (random.nextInt(4) == 0) {
            labels.put("region", pick(random, "region", 3));
        }
        List<String> words = new ArrayList<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            words.add(pick(random, "word", 3000));
        }
        long late = random.nextInt(20) == 0 ? random.nextInt(40_000_000) : random.nextInt(2_000);
        return new TestRecord(
                at - late,
                pick(random, "stream", 4),
                pick(random, "source", 12),
                pick(random, "Action", 40),
                List.of("success", "failure", "unknown").get(random.nextInt(3)),
                pick(random, "type", 3),
                pick(random, "actor", 500),
                pick(random, "kind", 3),
                pick(random, "resource", 5000),
                labels,
                words);
    }

    /** Low numbers are frequent. */
    private static String pick(Random random, String prefix, int count) {
        return prefix + (int) (count * Math.pow(random.nextDouble(), 3));
    }

    /** The stored record's canonical bytes. */
    public byte[] body() {
        StringBuilder json = new StringBuilder();
        json.append("{\"v\":1,\"tenantId\":\"acme\",\"recordId\":\"x\",\"salt\":\"AAAAAAAAAAAAAAAAAAAAAA\"");
        json.append(",\"occurredAt\":").append(quote(Rfc3339.format(occurredAt)));
        json.append(",\"stream\":").append(quote(stream));
        json.append(",\"source\":{\"id\":").append(quote(source)).append(",\"sequence\":17}");
        json.append(",\"action\":").append(quote(action));
        json.append(",\"outcome\":").append(quote(outcome));
        json.append(",\"actor\":{\"type\":").append(quote(actorType));
        json.append(",\"id\":").append(quote(actor)).append('}');
        json.append(",\"resource\":{\"type\":").append(quote(resourceType));
        json.append(",\"id\":").append(quote(resource)).append('}');
        json.append(",\"labels\":{");
        String separator = "";
        for (Map.Entry<String, String> label : labels.entrySet()) {
            json.append(separator).append(quote(label.getKey())).append(':').append(quote(label.getValue()));
            separator = ",";
        }
        json.append("},\"attributes\":{\"text\":").append(quote(String.join(" ", words)));
        json.append(",\"count\":42}}");
        return CanonicalJson.of(json.toString().getBytes(UTF_8));
    }

    private static String quote(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\0", "\\u0000") + '"';
    }
}
