package io.strongroom.policies.check;

import io.strongroom.evidence.Rfc3339;
import io.strongroom.evidence.StreamName;
import io.strongroom.evidence.json.CanonicalObject;
import io.strongroom.evidence.json.JsonSlice;
import io.strongroom.evidence.json.JsonToken;
import io.strongroom.policies.BundleFiles;
import io.strongroom.policies.Caller;
import io.strongroom.policies.Classification;
import io.strongroom.policies.Fault;
import io.strongroom.policies.InvalidBundleException;
import io.strongroom.policies.bundle.BundleFile;
import io.strongroom.policies.check.TestCase.Permitted;
import io.strongroom.policies.check.TestCase.Seen;
import io.strongroom.policies.check.TestCase.Written;
import io.strongroom.policies.pattern.FieldPattern;
import io.strongroom.policies.yaml.YamlFile;
import io.strongroom.policies.yaml.YamlFile.Entry;
import io.strongroom.policies.yaml.YamlNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads tests, and tells what they speak of that there is not. */
final class TestFileReader {
    private static final String DENIED = "denied";
    private static final String TIME = "write it as 2026-11-21T01:02:03.004Z";

    private final Entry root;
    private final Map<String, Caller> readers = new LinkedHashMap<>();

    private TestFileReader(Entry root) {
        this.root = root;
    }

    /**
     * Reads all tests of a bundle.
     *
     * @throws InvalidBundleException if anything is wrong with them
     */
    static List<TestFile> read(BundleFiles files) {
        List<Fault> faults = new ArrayList<>();
        List<TestFile> tests = new ArrayList<>();
        files.byPath().forEach((path, content) -> {
            if (BundleFile.isTest(path)) {
                YamlFile.read(path, content, BundleFile.testSchema(), faults)
                        .ifPresent(yaml -> tests.add(new TestFileReader(yaml.root()).file()));
            }
        });
        if (!faults.isEmpty()) {
            throw new InvalidBundleException(faults);
        }
        return tests;
    }

    private TestFile file() {
        root.entry("records")
                .ifPresent(all -> all.names().forEach(name -> all.entry(name).ifPresent(this::check)));
        root.entry("readers").ifPresent(all -> {
            for (String name : all.names()) {
                all.entry(name).ifPresent(reader -> readers.put(name, caller(name, reader)));
            }
        });
        List<TestCase> cases = new ArrayList<>();
        for (Entry entry : root.entries("cases")) {
            if (entry.isSound()) {
                cases.add(test(entry));
            }
        }
        return new TestFile(root.file(), time(), readers, cases);
    }

    private Instant time() {
        try {
            return Instant.parse(root.text("time"));
        } catch (DateTimeException e) {
            root.fault(root.line("time"), "time is none", "write it as 2026-11-21T10:00:00Z");
            return Instant.EPOCH;
        }
    }

    private static Caller caller(String name, Entry reader) {
        Map<String, String> attributes = new LinkedHashMap<>();
        reader.entry("attributes").ifPresent(all -> all.names().forEach(key -> attributes.put(key, all.text(key))));
        return new Caller(reader.has("id") ? reader.text("id") : name, Set.copyOf(reader.texts("roles")), attributes);
    }

    private TestCase test(Entry entry) {
        byte[] record = record(entry);
        boolean about = entry.has("write") || entry.has("read") || entry.has("export");
        if (about && record == null) {
            entry.fault(entry.line(), "the case has no record to write, read or export", "add record:");
        }
        return new TestCase(
                entry.line(),
                entry.text("name"),
                record,
                stream(record),
                entry.text("purpose"),
                entry.entry("write").map(this::written),
                seen(entry, "read"),
                seen(entry, "export"),
                entry.entries("access").stream().map(this::permitted).toList());
    }

    /** What the appliance would not take in must not be tested; a record may leave out what its case is not about. */
    private void check(Entry record) {
        record.check(BundleFile.recordSchema());
        if (record.isSound() && record.has("occurredAt")) {
            try {
                Rfc3339.parse(record.text("occurredAt"));
            } catch (IllegalArgumentException e) {
                record.fault(record.line("occurredAt"), "occurredAt is no time (" + e.getMessage() + ")", TIME);
            }
        }
    }

    /** A record of the file by its name, or one that stands in the case. */
    private byte @Nullable [] record(Entry entry) {
        entry.entry("record").ifPresent(this::check);
        if (entry.node("record") instanceof YamlNode.Mapping inline) {
            return inline.toJson();
        }
        if (!entry.has("record")) {
            return null;
        }
        String name = entry.text("record");
        YamlNode named = root.entry("records").map(all -> all.node(name)).orElse(null);
        if (named == null) {
            entry.fault(entry.line("record"), "there is no record " + name, "add it under records, or write it here");
            return null;
        }
        return named.toJson();
    }

    private static String stream(byte @Nullable [] record) {
        JsonSlice stream =
                record == null ? null : CanonicalObject.ofCanonical(record).get("stream");
        return stream != null && stream.kind() == JsonToken.STRING ? stream.string() : StreamName.DEFAULT.value();
    }

    private Written written(Entry write) {
        String name = write.text("class");
        return new Written(
                name.isEmpty() ? null : Classification.valueOf(name),
                write.has("retention") ? write.text("retention") : null,
                write.has("subject") ? write.text("subject") : null,
                write.truth("refused", false),
                patterns(write, "commits"),
                patterns(write, "drops"),
                patterns(write, "hashes"),
                write.has("finds") ? patterns(write, "finds") : null,
                write.has("residency") ? write.texts("residency") : null);
    }

    private @Nullable Map<String, Seen> seen(Entry test, String member) {
        Entry all = test.entry(member).orElse(null);
        if (all == null) {
            return null;
        }
        Map<String, Seen> seen = new LinkedHashMap<>();
        for (String names : all.names()) {
            Optional<Entry> listed = all.entry(names);
            if (listed.isEmpty() && !all.text(names).equals(DENIED)) {
                all.fault(
                        all.line(names), "what " + names + " sees is none", "write denied, or shows, masks and hides");
            }
            Seen sees = listed.map(this::seen).orElse(Seen.DENIED);
            // Readers who see the same share a line: reader, clerk: …
            for (String name : names.split(",")) {
                requireReader(all, name.strip(), all.line(names));
                if (seen.put(name.strip(), sees) != null) {
                    all.fault(all.line(names), name.strip() + " is listed twice", "list each reader once");
                }
            }
        }
        return seen;
    }

    private Seen seen(Entry expected) {
        Map<FieldPattern, String> masks = new LinkedHashMap<>();
        expected.entry("masks").ifPresent(all -> all.names().forEach(field -> pattern(all, field, all.line(field))
                .ifPresent(pattern -> masks.put(pattern, all.text(field)))));
        return new Seen(
                false,
                expected.has("format") ? expected.text("format") : "ndjson",
                patterns(expected, "shows"),
                masks,
                expected.has("hides") ? patterns(expected, "hides") : null);
    }

    private Permitted permitted(Entry access) {
        List<String> allowed = access.texts("allowed");
        for (int i = 0; i < allowed.size(); i++) {
            requireReader(access, allowed.get(i), access.line("allowed", i));
        }
        return new Permitted(
                access.text("operation"),
                access.has("stream") ? Optional.of(access.text("stream")) : Optional.empty(),
                access.text("purpose"),
                new LinkedHashSet<>(allowed));
    }

    private void requireReader(Entry entry, String name, int line) {
        if (!readers.containsKey(name)) {
            entry.fault(line, "there is no reader " + name, "add it under readers, or correct the name");
        }
    }

    private static List<FieldPattern> patterns(Entry entry, String member) {
        List<FieldPattern> patterns = new ArrayList<>();
        List<String> texts = entry.texts(member);
        for (int i = 0; i < texts.size(); i++) {
            pattern(entry, texts.get(i), entry.line(member, i)).ifPresent(patterns::add);
        }
        return patterns;
    }

    private static Optional<FieldPattern> pattern(Entry entry, String text, int line) {
        try {
            return Optional.of(FieldPattern.parse(text));
        } catch (IllegalArgumentException e) {
            entry.fault(line, "the field " + text + " is none", String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }
}
