package io.strongroom.policies.bundle;

import io.strongroom.policies.Operations;
import io.strongroom.policies.bundle.Bundle.AccessRule;
import io.strongroom.policies.bundle.Bundle.ExportRule;
import io.strongroom.policies.pattern.Glob;
import io.strongroom.policies.schema.Nearest;
import io.strongroom.policies.yaml.YamlFile;
import io.strongroom.policies.yaml.YamlFile.Entry;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads access.yaml and export.yaml. */
final class AccessReader {
    private static final Set<String> FORMATS = Set.of("ndjson", "parquet");

    private AccessReader() {}

    static List<AccessRule> access(YamlFile file) {
        List<AccessRule> rules = new ArrayList<>();
        for (Entry rule : file.root().entries("rules")) {
            if (rule.isSound()) {
                checkOperations(rule);
                rules.add(new AccessRule(
                        Selectors.id(rule),
                        Selectors.names(rule, "roles"),
                        Selectors.names(rule, "operations"),
                        Selectors.streams(rule),
                        Selectors.purposeRequired(rule, "optional"),
                        Selectors.condition(rule, true)));
            }
        }
        return rules;
    }

    private static void checkOperations(Entry rule) {
        List<String> names = rule.texts("operations");
        for (int i = 0; i < names.size(); i++) {
            Glob glob = new Glob(names.get(i));
            if (Operations.ALL.stream().noneMatch(glob::matches)) {
                String nearest = Nearest.of(names.get(i), Operations.ALL);
                String known =
                        String.join(", ", Operations.ALL.stream().sorted().toList());
                rule.fault(
                        rule.line("operations", i),
                        "there is no operation " + names.get(i),
                        names.get(i).startsWith("exports.") && !names.get(i).equals("exports.read")
                                ? "say in export.yaml who may export"
                                : (nearest == null ? "" : "did you mean " + nearest + "? ") + "There are " + known);
            }
        }
    }

    static List<ExportRule> exports(YamlFile file) {
        List<ExportRule> rules = new ArrayList<>();
        for (Entry rule : file.root().entries("rules")) {
            if (rule.isSound()) {
                List<String> formats = rule.texts("formats");
                rules.add(new ExportRule(
                        Selectors.id(rule),
                        Selectors.names(rule, "roles"),
                        Selectors.streams(rule),
                        formats.isEmpty() ? FORMATS : new LinkedHashSet<>(formats),
                        Selectors.purposeRequired(rule, "required"),
                        Selectors.visibleFields(rule),
                        Selectors.condition(rule, false)));
            }
        }
        return rules;
    }
}
