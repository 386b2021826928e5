package io.strongroom.server.policy.shadow;

import io.strongroom.evidence.json.CanonicalObject;
import io.strongroom.evidence.json.JsonReader;
import io.strongroom.evidence.json.JsonSlice;
import io.strongroom.evidence.json.JsonToken;
import io.strongroom.evidence.ledger.Entry;
import io.strongroom.policies.AccessRequest;
import io.strongroom.policies.Caller;
import io.strongroom.policies.ExportRequest;
import io.strongroom.policies.Operations;
import io.strongroom.policies.diff.DecisionDiff;
import io.strongroom.policies.diff.Difference;
import io.strongroom.server.gateway.AccessRecords;
import io.strongroom.server.policy.shadow.Findings.Decision;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Has the readings of {@code system.access} and the requests of {@code system.export} decided again. Of who read, the
 * ledger holds the roles, and of the purpose only that one was stated: where a rule asks for more, the decision is not
 * repeated.
 */
final class ReadingReplay {
    private static final Set<String> QUERIES = Set.of("Records.Queried", "Facets.Queried");
    private static final Set<String> SINGLE = Set.of("Record.Read", "Object.Read");
    private static final String REQUESTED = "Export.Requested";

    /** Stands for a purpose of which it is known only that there was one; no rule that is asked looks at it. */
    private static final String SOME_PURPOSE = "stated";

    private static final String CONDITION = "condition";

    /** Records of exports do not tell people and services apart. */
    private static final Set<String> UNKNOWN_OF_EXPORTS = Set.of("purpose", "caller.attributes");

    private final DecisionDiff diff;
    private final Findings findings;
    private final LongFunction<Optional<Record>> records;

    /** A record that was read, with what it commits to put back. */
    @SuppressWarnings("ArrayRecordComponent")
    record Record(String stream, byte[] whole) {}

    /** @param records gives a record by its seq; empty if it is gone */
    ReadingReplay(DecisionDiff diff, Findings findings, LongFunction<Optional<Record>> records) {
        this.diff = diff;
        this.findings = findings;
        this.records = records;
    }

    /** Who read, as far as the ledger knows it. */
    private record Reading(
            Caller caller, boolean person, boolean purposeStated, Instant time, Optional<String> stream) {

        AccessRequest request() {
            return new AccessRequest(caller, Operations.READ_RECORDS, purposeStated ? SOME_PURPOSE : "", time);
        }

        /** What conditions may ask for and the ledger does not tell. Of a service nothing else is known to policy. */
        Set<String> unknown() {
            Set<String> unknown = new HashSet<>();
            if (purposeStated) {
                unknown.add("purpose");
            }
            if (person) {
                unknown.add("caller.attributes");
            }
            return unknown;
        }
    }

    /** A record of {@code system.access}; of what is not a reading nothing is decided. */
    void reading(Entry entry, byte[] record) {
        CanonicalObject members = CanonicalObject.ofCanonical(record);
        String action = text(members.get("action"));
        if (!QUERIES.contains(action) && !SINGLE.contains(action)) {
            return;
        }
        Map<String, JsonSlice> attributes = attributes(members);
        JsonSlice stated = attributes.get(AccessRecords.PURPOSE_STATED);
        Optional<Reading> reading =
                reader(members, attributes, stated != null && stated.reader().bool());
        if (reading.isEmpty()) {
            findings.notRepeated(Decision.READS, "roles");
        } else if (QUERIES.contains(action)) {
            query(entry, reading.get());
        } else {
            JsonSlice seq = attributes.get("seq");
            Optional<Record> read = seq == null ? Optional.empty() : records.apply(seq.integer());
            read.ifPresentOrElse(
                    found -> single(entry, reading.get(), found),
                    () -> findings.notRepeated(Decision.READS, "expired"));
        }
    }

    private void query(Entry entry, Reading reading) {
        if (diff.readingAsksFor(reading.unknown(), reading.caller().roles(), reading.stream())) {
            findings.notRepeated(Decision.READS, CONDITION);
            return;
        }
        decided(entry, reading, reading.stream().orElse(""), diff.mayRead(reading.request(), reading.stream()));
    }

    private void single(Entry entry, Reading reading, Record record) {
        Optional<String> stream = Optional.of(record.stream());
        if (diff.readingAsksFor(reading.unknown(), reading.caller().roles(), stream)) {
            findings.notRepeated(Decision.READS, CONDITION);
            return;
        }
        decided(entry, reading, record.stream(), diff.reading(reading.request(), record.stream(), record.whole()));
    }

    /** A record of {@code system.export}; a pack is never asked for without a purpose. */
    void export(Entry entry, byte[] record) {
        CanonicalObject members = CanonicalObject.ofCanonical(record);
        if (!text(members.get("action")).equals(REQUESTED)) {
            return;
        }
        Map<String, JsonSlice> attributes = attributes(members);
        Optional<Reading> known = reader(members, attributes, true);
        if (known.isEmpty()) {
            findings.notRepeated(Decision.READS, "roles");
            return;
        }
        Reading reading = known.get();
        String stream = reading.stream().orElse("");
        if (diff.exportAsksFor(UNKNOWN_OF_EXPORTS, reading.caller().roles(), stream)) {
            findings.notRepeated(Decision.READS, CONDITION);
            return;
        }
        ExportRequest request =
                new ExportRequest(reading.caller(), text(attributes.get("format")), SOME_PURPOSE, reading.time());
        decided(entry, reading, stream, diff.mayExport(request, stream));
    }

    private void decided(Entry entry, Reading reading, String stream, List<Difference> differences) {
        findings.decided(Decision.READS, stream, reading.caller().id(), differences, entry.id(), entry.seq());
    }

    private static Optional<Reading> reader(
            CanonicalObject record, Map<String, JsonSlice> attributes, boolean purposeStated) {
        JsonSlice roles = attributes.get(AccessRecords.ROLES);
        if (roles == null) {
            return Optional.empty();
        }
        Set<String> names = new HashSet<>();
        JsonReader list = roles.reader();
        list.beginArray();
        while (list.hasNext()) {
            names.add(list.string());
        }
        CanonicalObject actor = record.require("actor").object();
        String stream = text(attributes.get("stream"));
        return Optional.of(new Reading(
                new Caller(text(actor.get("id")), names, Map.of()),
                !text(actor.get("type")).equals("ServiceToken"),
                purposeStated,
                Instant.parse(text(record.get("occurredAt"))),
                stream.isEmpty() ? Optional.empty() : Optional.of(stream)));
    }

    private static Map<String, JsonSlice> attributes(CanonicalObject record) {
        JsonSlice attributes = record.get("attributes");
        Map<String, JsonSlice> members = new HashMap<>();
        if (attributes != null) {
            attributes.object().forEach(member -> members.put(member.getKey(), member.getValue()));
        }
        return members;
    }

    private static String text(@Nullable JsonSlice value) {
        return value == null || value.kind() != JsonToken.STRING ? "" : value.string();
    }
}
