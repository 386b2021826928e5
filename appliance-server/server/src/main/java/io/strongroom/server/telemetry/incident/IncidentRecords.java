package io.strongroom.server.telemetry.incident;

import io.strongroom.api.json.Json;
import io.strongroom.server.ledger.AppendOutcome;
import io.strongroom.server.ledger.Ledger;
import io.strongroom.server.record.Draft;
import io.strongroom.server.record.IdempotencyKeys;
import io.strongroom.server.record.SystemRecords;
import io.strongroom.server.record.SystemRecords.Event;
import io.strongroom.server.telemetry.Observation;
import io.strongroom.server.telemetry.incident.Incident.Sighting;
import io.strongroom.server.telemetry.incident.rule.Severity;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * What the ledger says of incidents: {@code system.incidents}. Each thing is said of an incident once: its idempotency key is
 * made of the incident and of what is said.
 */
final class IncidentRecords {
    static final String STREAM = "system.incidents";
    static final String OPENED = "Incident.Opened";
    static final String ACKNOWLEDGED = "Incident.Acknowledged";
    static final String CLOSED = "Incident.Closed";

    /** Who it was where nobody was: the appliance, by a rule. */
    static final String APPLIANCE = "strongroom";

    private static final String DETAIL = "detail.";

    private final SystemRecords records;
    private final IdempotencyKeys keys;
    private final Ledger ledger;

    IncidentRecords(SystemRecords records, IdempotencyKeys keys, Ledger ledger) {
        this.records = records;
        this.keys = keys;
        this.ledger = ledger;
    }

    /**
     * Something to say of an incident.
     *
     * @param at epoch milliseconds
     * @param byType e.g. {@code User}
     */
    record Said(Incident incident, String action, long at, String byType, String by, Map<String, Object> attributes) {
        String key() {
            return incident.id() + " " + action;
        }
    }

    static Said opened(Incident incident, long now) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("rule", incident.rule());
        attributes.put("severity", incident.severity().name());
        attributes.put("openedBy", incident.first().seq());
        attributes.put("openedAt", incident.first().at());
        if (!incident.detail().members().isEmpty()) {
            attributes.put("detail", plain(incident.detail()));
        }
        return new Said(incident, OPENED, now, "Service", APPLIANCE, attributes);
    }

    /** By its rule: a worse one may have taken its place. */
    static Said closed(Incident incident, long now) {
        return closed(incident, now, "Service", APPLIANCE, Reason.OVER);
    }

    static Said closed(Incident incident, long now, String byType, String by, Reason because) {
        return new Said(
                incident,
                CLOSED,
                now,
                byType,
                by,
                Map.of(
                        "because", because.text(),
                        "count", incident.count(),
                        "lastAt", incident.last().at(),
                        "records", incident.records()));
    }

    static Said acknowledged(Incident incident, long now, String byType, String by) {
        return new Said(incident, ACKNOWLEDGED, now, byType, by, Map.of());
    }

    /** Hands over what is to be said, in this order; each is done once it is durable. */
    List<CompletableFuture<AppendOutcome>> append(List<Said> all) {
        List<Draft> drafts = new ArrayList<>();
        for (Said said : all) {
            drafts.add(draft(said));
        }
        return ledger.append(drafts);
    }

    private Draft draft(Said said) {
        Map<String, Object> attributes = new LinkedHashMap<>(said.attributes());
        attributes.put("incident", said.incident().id());
        attributes.put("by", said.by());
        Event event = new Event(
                said.at(),
                said.action(),
                "success",
                said.byType(),
                said.by(),
                "Device",
                said.incident().device(),
                attributes);
        // The same said again by another, or later, is no conflict that anybody could mend: what counts is who says it.
        byte[] meant = (said.key() + " " + said.by()).getBytes(StandardCharsets.UTF_8);
        return records.draft(STREAM, event).under(keys.ofText(APPLIANCE, said.key(), meant, meant.length));
    }

    /** The incident that a record says is open, where nothing else is known of it. */
    static Incident opened(Observation record, String id) {
        long seq = (long) record.number("openedBy").orElse(record.seq());
        long at = (long) record.number("openedAt").orElse(record.occurredAt());
        Map<String, Json> detail = new LinkedHashMap<>();
        record.attributes().forEach((name, value) -> {
            if (name.startsWith(DETAIL)) {
                detail.put(name.substring(DETAIL.length()), value.json());
            }
        });
        return new Incident(
                id,
                record.device(),
                record.text("rule").orElse("unnamed"),
                "",
                record.text("severity").flatMap(Severity::of).orElse(Severity.S2),
                new Json.Obj(detail),
                new Sighting(seq, at),
                new Sighting(seq, at),
                1,
                List.of(seq),
                record.seq(),
                null,
                null,
                null);
    }

    /** What a rule found, as it is kept. */
    static Json.Obj detail(Map<String, Object> found) {
        Map<String, Json> detail = new LinkedHashMap<>();
        found.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(each -> detail.put(
                        each.getKey(),
                        switch (each.getValue()) {
                            case Long number -> Json.of(number);
                            case Double number ->
                                new Json.Num(BigDecimal.valueOf(number)
                                        .stripTrailingZeros()
                                        .toPlainString());
                            default -> Json.of(each.getValue().toString());
                        }));
        return new Json.Obj(detail);
    }

    private static Map<String, Object> plain(Json.Obj detail) {
        Map<String, Object> plain = new LinkedHashMap<>();
        detail.members().forEach((name, value) -> {
            switch (value) {
                case Json.Num number -> plain.put(name, number(number.literal()));
                case Json.Text text -> plain.put(name, text.value());
                default -> plain.put(name, value.toString());
            }
        });
        return plain;
    }

    private static Object number(String literal) {
        double value = Double.parseDouble(literal);
        return value == Math.rint(value) ? (Object) (long) value : (Object) value;
    }
}
