package io.strongroom.console.masking;

import io.strongroom.api.Role;
import io.strongroom.api.json.Json;
import io.strongroom.evidence.field.JsonPointer;
import io.strongroom.evidence.json.CanonicalJson;
import io.strongroom.policies.AccessRequest;
import io.strongroom.policies.Caller;
import io.strongroom.policies.ExportRequest;
import io.strongroom.policies.FieldView;
import io.strongroom.policies.Operations;
import io.strongroom.policies.PolicyDecision;
import io.strongroom.policies.TenantHash;
import io.strongroom.policies.ViewDecision;
import io.strongroom.policies.bundle.Bundle;
import io.strongroom.policies.evaluate.CompiledPolicy;
import io.strongroom.policies.evaluate.KeptRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How each role sees one record.
 *
 * @param bundle by whose rules, and its version
 * @param refused why the record would not be taken in; empty if it would
 * @param barred by role, why it does not see the record at all
 * @param rows its fields
 */
record Sights(String bundle, String refused, Map<String, String> barred, List<Row> rows) {
    /** All roles, in the order in which they are shown. */
    static final List<String> ROLES =
            java.util.Arrays.stream(Role.values()).map(Role::wire).toList();

    /** Tests know no tenant either: what is hashed here is hashed under another salt than the appliance's. */
    private static final byte[] NO_SALT = new byte[TenantHash.MIN_SALT_BYTES];

    Sights {
        barred = Map.copyOf(barred);
        rows = List.copyOf(rows);
    }

    /** How a role sees a field. */
    enum How {
        SHOWN,
        MASKED,
        HIDDEN,
        BARRED
    }

    /**
     * What a role sees in a field.
     *
     * @param text the value, or its rendering; empty where nothing is seen
     * @param why the mask and its rule, or the reason; empty where it is shown as it is
     */
    record Cell(How how, String text, String why) {}

    /** What becomes of a field when it is written. */
    enum Kept {
        CLEAR,
        COMMITTED,
        HASHED,
        DROPPED
    }

    /** A field. */
    record Row(String pointer, String value, String classification, Kept kept, Map<String, Cell> cells) {
        Row {
            cells = Map.copyOf(cells);
        }
    }

    /** What somebody wants to do with the record. */
    enum Use {
        READ,
        EXPORT
    }

    /**
     * Decides.
     *
     * @param json the record, as it is received
     * @throws io.strongroom.evidence.json.JsonException if it is no JSON
     */
    static Sights of(Bundle bundle, byte[] json, Use use, String purpose, Instant now) {
        CompiledPolicy policy = new CompiledPolicy(bundle, "");
        byte[] record = CanonicalJson.of(json);
        Json.Obj members = Json.parseObject(record);
        String stream = members.text("stream");
        PolicyDecision written = policy.decide(stream, record);
        byte[] kept = KeptRecord.of(record, written, NO_SALT);
        Map<String, ViewDecision> views = new LinkedHashMap<>();
        Map<String, String> barred = new LinkedHashMap<>();
        for (String role : ROLES) {
            Caller caller = new Caller("somebody", java.util.Set.of(role), Map.of());
            ViewDecision view =
                    switch (use) {
                        case READ ->
                            policy.read(new AccessRequest(caller, Operations.READ_RECORDS, purpose, now), stream, kept);
                        case EXPORT -> policy.export(new ExportRequest(caller, "ndjson", purpose, now), stream, kept);
                    };
            if (view.isAllowed()) {
                views.put(role, view);
            } else {
                barred.put(role, view.access().reason());
            }
        }
        return new Sights(
                bundle.name() + " " + bundle.version(),
                written.refusal().orElse(""),
                barred,
                rows(members, written, views, barred));
    }

    private static List<Row> rows(
            Json.Obj record, PolicyDecision written, Map<String, ViewDecision> views, Map<String, String> barred) {
        Map<String, Map<String, Cell>> cells = new LinkedHashMap<>();
        Map<String, String> classes = new LinkedHashMap<>();
        views.forEach((role, view) -> view.fields().forEach(field -> {
            classes.put(field.pointer(), field.classification().name());
            cells.computeIfAbsent(field.pointer(), pointer -> new LinkedHashMap<>())
                    .put(role, cell(field, value(record, field.pointer())));
        }));
        written.dropped().forEach(pointer -> cells.putIfAbsent(pointer, new LinkedHashMap<>()));
        List<Row> rows = new ArrayList<>();
        cells.forEach((pointer, seen) -> {
            barred.forEach((role, why) -> seen.put(role, new Cell(How.BARRED, "", why)));
            ROLES.forEach(role -> seen.putIfAbsent(role, new Cell(How.HIDDEN, "", "")));
            rows.add(new Row(
                    pointer, value(record, pointer), classes.getOrDefault(pointer, ""), kept(pointer, written), seen));
        });
        return rows;
    }

    private static Cell cell(FieldView field, String value) {
        return switch (field) {
            case FieldView.Present shown -> new Cell(How.SHOWN, value, "");
            case FieldView.Masked masked ->
                new Cell(How.MASKED, masked.value(), masked.mask().text() + ": " + masked.rule());
            case FieldView.Hidden hidden -> new Cell(How.HIDDEN, "", hidden.reason());
        };
    }

    private static Kept kept(String pointer, PolicyDecision written) {
        if (written.dropped().contains(pointer)) {
            return Kept.DROPPED;
        } else if (written.hashed().stream().anyMatch(each -> each.pointer().equals(pointer))) {
            return Kept.HASHED;
        }
        JsonPointer field = JsonPointer.parse(pointer);
        boolean committed =
                written.commitments().stream().anyMatch(each -> field.isWithin(JsonPointer.parse(each.pointer())));
        return committed ? Kept.COMMITTED : Kept.CLEAR;
    }

    private static String value(Json.Obj record, String pointer) {
        Json at = record;
        for (String name : JsonPointer.parse(pointer).tokens()) {
            if (!(at instanceof Json.Obj object) || !object.members().containsKey(name)) {
                return "";
            }
            at = object.members().get(name);
        }
        return at instanceof Json.Text text ? text.value() : String.valueOf(at);
    }
}
