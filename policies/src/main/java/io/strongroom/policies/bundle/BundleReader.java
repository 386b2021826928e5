package io.strongroom.policies.bundle;

import io.strongroom.policies.BundleFiles;
import io.strongroom.policies.Classification;
import io.strongroom.policies.Fault;
import io.strongroom.policies.RetentionClass;
import io.strongroom.policies.bundle.Bundle.ClassificationRules;
import io.strongroom.policies.bundle.Bundle.FieldRule;
import io.strongroom.policies.bundle.Bundle.HandlingRules;
import io.strongroom.policies.bundle.Bundle.RetentionRules;
import io.strongroom.policies.yaml.YamlFile;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes a bundle of its files, and collects what is wrong with them. */
final class BundleReader {
    /** Most patterns of fields in all files together. */
    private static final int MAX_FIELDS = 2_000;

    private final BundleFiles files;
    private final List<Fault> faults;
    private final Map<BundleFile, YamlFile> read = new EnumMap<>(BundleFile.class);

    BundleReader(BundleFiles files, List<Fault> faults) {
        this.files = files;
        this.faults = faults;
    }

    /** Null where a file that must be there is not, or cannot be read. */
    @Nullable
    Bundle read(boolean withTests) {
        SortedMap<String, byte[]> contents = files.byPath();
        for (BundleFile file : BundleFile.values()) {
            byte[] content = contents.get(file.path());
            if (content != null) {
                YamlFile.read(file.path(), content, file.schema(), faults).ifPresent(yaml -> read.put(file, yaml));
            } else if (file.isRequired()) {
                faults.add(new Fault(file.path(), 0, "is missing", "add it; see the guide to policies"));
            }
        }
        contents.forEach((path, content) -> {
            if (withTests && BundleFile.isTest(path)) {
                YamlFile.read(path, content, BundleFile.testSchema(), faults);
            }
        });
        YamlFile head = read.get(BundleFile.BUNDLE);
        ClassificationRules classification = rules(BundleFile.CLASSIFICATION, ClassificationReader::read)
                .orElseGet(() -> new ClassificationRules(Classification.RESTRICTED, List.of(), List.of()));
        HandlingRules handling = rules(BundleFile.HANDLING, HandlingReader::read)
                .orElseGet(() -> new HandlingRules(List.of(), List.of(), List.of()));
        Optional<RetentionRules> retention = rules(BundleFile.RETENTION, RetentionReader::read);
        Bundle bundle = new Bundle(
                files,
                head == null ? "" : head.root().text("name"),
                head == null ? "" : head.root().text("version"),
                classification,
                handling,
                list(BundleFile.MASKING, MaskingReader::read),
                retention.orElseGet(() ->
                        new RetentionRules(new RetentionClass("", java.time.Period.ZERO, 0), Map.of(), List.of())),
                list(BundleFile.RESIDENCY, LimitReader::residency),
                list(BundleFile.EXPORT, AccessReader::exports),
                list(BundleFile.ACCESS, AccessReader::access),
                list(BundleFile.QUOTAS, LimitReader::quotas),
                list(BundleFile.ACTIONS, ActionReader::read),
                list(BundleFile.AGENTS, AgentReader::read),
                list(BundleFile.OFFICERS, OfficerReader::read));
        checkSize(bundle);
        return faults.isEmpty() ? bundle : null;
    }

    /** Each pattern costs a little of each record's time and of memory. */
    private void checkSize(Bundle bundle) {
        long fields = bundle.fieldRules()
                .map(FieldRule::fields)
                .mapToLong(
                        selector -> selector.fields().size() + selector.except().size())
                .sum();
        if (fields > MAX_FIELDS) {
            faults.add(new Fault(
                    "",
                    0,
                    "names " + fields + " fields",
                    "a bundle names at most " + MAX_FIELDS + "; use stars, or a default class"));
        }
    }

    private <T> Optional<T> rules(BundleFile file, Function<YamlFile, T> reader) {
        return Optional.ofNullable(read.get(file)).map(reader);
    }

    private <T> List<T> list(BundleFile file, Function<YamlFile, List<T>> reader) {
        return rules(file, reader).orElse(List.of());
    }
}
