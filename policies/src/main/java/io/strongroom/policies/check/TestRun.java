package io.strongroom.policies.check;

import io.strongroom.evidence.field.JsonPointer;
import io.strongroom.evidence.json.CanonicalObject;
import io.strongroom.evidence.json.JsonSlice;
import io.strongroom.evidence.json.JsonToken;
import io.strongroom.policies.AccessDecision;
import io.strongroom.policies.AccessRequest;
import io.strongroom.policies.Caller;
import io.strongroom.policies.ExportRequest;
import io.strongroom.policies.Operations;
import io.strongroom.policies.Policy;
import io.strongroom.policies.PolicyDecision;
import io.strongroom.policies.PolicyDecision.Commitment;
import io.strongroom.policies.PolicyDecision.Hashed;
import io.strongroom.policies.TenantHash;
import io.strongroom.policies.ViewDecision;
import io.strongroom.policies.check.TestCase.Permitted;
import io.strongroom.policies.check.TestCase.Seen;
import io.strongroom.policies.check.TestCase.Written;
import io.strongroom.policies.evaluate.KeptRecord;
import io.strongroom.policies.pattern.FieldPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A case being run. */
final class TestRun {
    private static final List<String> FORMATS = List.of("ndjson", "parquet");

    /** Tests know no tenant; a hash that a case expects to see is one under this salt. */
    private static final byte[] NO_SALT = new byte[TenantHash.MIN_SALT_BYTES];

    private final Policy policy;
    private final TestFile file;
    private final TestCase test;
    private final List<String> failures = new ArrayList<>();

    TestRun(Policy policy, TestFile file, TestCase test) {
        this.policy = policy;
        this.file = file;
        this.test = test;
    }

    /** What was decided otherwise than the case says. */
    List<String> failures() {
        byte[] received = test.record();
        if (received != null) {
            PolicyDecision decision = policy.decide(test.stream(), received);
            test.write().ifPresent(expected -> write(expected, decision, CanonicalObject.ofCanonical(received)));
            if (decision.refusal().isPresent()) {
                // Nobody reads what was never taken in.
                if (test.write().isEmpty()) {
                    failures.add("write: the record is refused: "
                            + decision.refusal().get());
                }
                return failures;
            }
            byte[] record = KeptRecord.of(received, decision, NO_SALT);
            views(
                    "read",
                    test.read(),
                    (caller, format) -> policy.read(
                            new AccessRequest(caller, Operations.READ_RECORDS, test.purpose(), file.time()),
                            test.stream(),
                            record));
            views(
                    "export",
                    test.export(),
                    (caller, format) -> policy.export(
                            new ExportRequest(caller, format, test.purpose(), file.time()), test.stream(), record));
        }
        test.access().forEach(this::access);
        return failures;
    }

    // --- Writing

    private void write(Written expected, PolicyDecision decision, CanonicalObject received) {
        if (decision.refusal().isPresent() != expected.refused()) {
            failures.add(
                    expected.refused()
                            ? "write: the record is taken in, but must be refused"
                            : "write: the record is refused: "
                                    + decision.refusal().orElse(""));
            return;
        }
        if (expected.refused()) {
            return;
        }
        same("the class", expected.classification(), decision.classification());
        same("the retention class", expected.retention(), decision.retention());
        same("the subject", expected.subject(), decision.subject().orElse(""));
        complete("commits", expected.commits(), decision.commitments(), Commitment::pointer);
        complete("drops", expected.drops(), inside(received, decision.dropped()), pointer -> pointer);
        complete("hashes", expected.hashes(), decision.hashed(), Hashed::pointer);
        if (expected.finds() != null) {
            complete("finds", expected.finds(), decision.findable(), pointer -> pointer);
        }
        if (expected.residency() != null) {
            for (String region : expected.residency()) {
                if (!policy.residency(test.stream(), region).allowed()) {
                    failures.add(
                            "write: " + policy.residency(test.stream(), region).reason());
                }
            }
        }
    }

    /** Where all that an object holds is dropped, the decision names the object; whoever wrote the case, the fields. */
    private static List<String> inside(CanonicalObject received, List<String> dropped) {
        List<JsonPointer> places = dropped.stream().map(JsonPointer::parse).toList();
        List<String> fields = new ArrayList<>();
        received.forEach(member -> inside(JsonPointer.of(member.getKey()), member.getValue(), places, fields));
        return fields;
    }

    private static void inside(JsonPointer at, JsonSlice value, List<JsonPointer> dropped, List<String> fields) {
        int before = fields.size();
        if (value.kind() == JsonToken.BEGIN_OBJECT) {
            value.object().forEach(member -> inside(at.member(member.getKey()), member.getValue(), dropped, fields));
        }
        if (fields.size() == before && dropped.stream().anyMatch(at::isWithin)) {
            fields.add(at.toString());
        }
    }

    private void same(String what, @Nullable Object expected, Object decided) {
        if (expected != null && !expected.equals(decided)) {
            failures.add("write: " + what + " is " + (decided.equals("") ? "none" : decided) + ", not " + expected);
        }
    }

    /** Each decided pointer must be listed, and each listed field decided. */
    private <T> void complete(String list, List<FieldPattern> expected, List<T> decided, Function<T, String> pointer) {
        List<JsonPointer> pointers =
                decided.stream().map(pointer).map(JsonPointer::parse).toList();
        for (JsonPointer each : pointers) {
            if (expected.stream().noneMatch(field -> field.covers(each))) {
                failures.add("write: the bundle " + list + " " + each + ", which " + list + " does not list");
            }
        }
        for (FieldPattern field : expected) {
            if (pointers.stream().noneMatch(field::covers)) {
                failures.add("write: " + list + " lists " + field + ", but the bundle " + list + " no such field");
            }
        }
    }

    // --- Reading and exporting

    /** Decides about a reader, and a format where there is one. */
    private interface Looking {
        ViewDecision at(Caller caller, String format);
    }

    /** Whoever is not listed must be denied, in every format. */
    private void views(String use, @Nullable Map<String, Seen> expected, Looking looking) {
        if (expected == null) {
            return;
        }
        file.readers().forEach((name, caller) -> {
            Seen seen = expected.getOrDefault(name, Seen.DENIED);
            String prefix = use + ": " + name + " ";
            if (seen.denied()) {
                for (String format : FORMATS) {
                    ViewDecision view = looking.at(caller, format);
                    if (view.isAllowed()) {
                        failures.add(prefix + "may " + use + " the record ("
                                + view.access().reason() + "), but must be denied");
                        return;
                    }
                }
                return;
            }
            ViewDecision view = looking.at(caller, seen.format());
            if (view.isAllowed()) {
                new SeenFields(prefix, seen, view, failures).compare();
            } else {
                failures.add(prefix + "is denied: " + view.access().reason());
            }
        });
    }

    // --- Doing

    private void access(Permitted expected) {
        String purpose = expected.purpose().isEmpty() ? test.purpose() : expected.purpose();
        file.readers().forEach((name, caller) -> {
            AccessDecision decision = policy.access(
                    new AccessRequest(caller, expected.operation(), purpose, file.time()), expected.stream());
            boolean allowed = decision.outcome() != AccessDecision.Outcome.DENIED;
            if (allowed != expected.allowed().contains(name)) {
                failures.add("access: " + name + (allowed ? " may " : " may not ") + expected.operation() + ": "
                        + decision.reason());
            }
        });
    }
}
