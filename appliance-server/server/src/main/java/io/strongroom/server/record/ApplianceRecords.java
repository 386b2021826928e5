package io.strongroom.server.record;

import io.strongroom.evidence.Rfc3339;
import io.strongroom.evidence.SourceId;
import io.strongroom.evidence.StreamName;
import io.strongroom.evidence.TenantId;
import io.strongroom.evidence.json.CanonicalJson;
import io.strongroom.policies.Policy;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;

/**
 * The appliance's own records. They go through policy for class and retention, and nothing of them is ever committed:
 * the verifier needs seals and key changes whole.
 */
public final class ApplianceRecords implements SystemRecords {
    private final TenantId tenant;
    private final Policy policy;
    private final RecordFactory records;

    public ApplianceRecords(TenantId tenant, Policy policy, RecordFactory records) {
        this.tenant = tenant;
        this.policy = policy;
        this.records = records;
    }

    @Override
    public Draft draft(String stream, Event event) {
        if (!new StreamName(stream).isSystem()) {
            throw new IllegalArgumentException("the appliance writes system.* streams only, not " + stream);
        }
        byte[] canonical = canonical(stream, event);
        Document document = new Document(canonical, stream, SourceId.STRONGROOM.value(), null, null);
        return records.whole(document, policy.decide(stream, canonical));
    }

    private byte[] canonical(String stream, Event event) {
        StringBuilder json = new StringBuilder("{");
        member(json, "action", event.action()).append(',');
        party(json, "actor", event.actorType(), event.actorId()).append(',');
        if (!event.attributes().isEmpty()) {
            member(json, "attributes", event.attributes()).append(',');
        }
        member(json, "occurredAt", Rfc3339.format(event.occurredAt())).append(',');
        member(json, "outcome", event.outcome()).append(',');
        party(json, "resource", event.resourceType(), event.resourceId()).append(',');
        member(json, "source", Map.of("id", SourceId.STRONGROOM.value())).append(',');
        member(json, "stream", stream).append(',');
        member(json, "tenantId", tenant.value()).append('}');
        return CanonicalJson.of(json.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static StringBuilder party(StringBuilder json, String name, String type, String id) {
        return member(json, name, Map.of("type", type, "id", id));
    }

    private static StringBuilder member(StringBuilder json, String name, Object value) {
        string(json, name);
        json.append(':');
        value(json, value);
        return json;
    }

    private static void value(StringBuilder json, Object value) {
        switch (value) {
            case CharSequence text -> string(json, text);
            case Boolean truth -> json.append(truth.booleanValue());
            case Integer number -> json.append(number.intValue());
            case Long number -> json.append(number.longValue());
            case Double number -> json.append(number.doubleValue());
            case Map<?, ?> members -> {
                json.append('{');
                String comma = "";
                for (Map.Entry<?, ?> member : members.entrySet()) {
                    json.append(comma);
                    member(json, (String) member.getKey(), member.getValue());
                    comma = ",";
                }
                json.append('}');
            }
            case Collection<?> elements -> {
                json.append('[');
                String comma = "";
                for (Object element : elements) {
                    json.append(comma);
                    value(json, element);
                    comma = ",";
                }
                json.append(']');
            }
            default ->
                throw new IllegalArgumentException("an attribute is text, a number, a boolean, a list or a map, not a "
                        + value.getClass().getName());
        }
    }

    private static void string(StringBuilder json, CharSequence text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append("\\u00").append(c < 0x10 ? "0" : "1").append(Character.forDigit(c & 0xf, 16));
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }
}
