package io.strongroom.policies.bundle;

import io.strongroom.policies.Quota;
import io.strongroom.policies.bundle.Bundle.QuotaRule;
import io.strongroom.policies.bundle.Bundle.ResidencyRule;
import io.strongroom.policies.yaml.YamlFile;
import io.strongroom.policies.yaml.YamlFile.Entry;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;

/** Reads residency.yaml and quotas.yaml. */
final class LimitReader {
    private LimitReader() {}

    static List<ResidencyRule> residency(YamlFile file) {
        List<ResidencyRule> rules = new ArrayList<>();
        for (Entry rule : file.root().entries("rules")) {
            if (rule.isSound()) {
                rules.add(new ResidencyRule(
                        Selectors.id(rule), Selectors.streams(rule), new LinkedHashSet<>(rule.texts("regions"))));
            }
        }
        return rules;
    }

    static List<QuotaRule> quotas(YamlFile file) {
        List<QuotaRule> rules = new ArrayList<>();
        for (Entry rule : file.root().entries("rules")) {
            if (rule.isSound()) {
                RuleId id = Selectors.id(rule);
                rules.add(new QuotaRule(
                        id, Selectors.names(rule, "roles"), Selectors.names(rule, "sources"), quota(id, rule)));
            }
        }
        return rules;
    }

    private static Quota quota(RuleId id, Entry rule) {
        return new Quota(
                id.toString(),
                limit(rule, "recordsPerSecond"),
                limit(rule, "bytesPerDay"),
                limit(rule, "requestsPerSecond"),
                limit(rule, "exportsAtOnce"),
                limit(rule, "recordsPerExport"));
    }

    private static OptionalLong limit(Entry rule, String member) {
        return rule.integer(member).map(OptionalLong::of).orElse(OptionalLong.empty());
    }
}
