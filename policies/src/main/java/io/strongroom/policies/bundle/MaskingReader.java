package io.strongroom.policies.bundle;

import io.strongroom.policies.Mask;
import io.strongroom.policies.bundle.Bundle.MaskRule;
import io.strongroom.policies.bundle.Bundle.MaskingProfile;
import io.strongroom.policies.bundle.Bundle.Use;
import io.strongroom.policies.yaml.YamlFile;
import io.strongroom.policies.yaml.YamlFile.Entry;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads masking.yaml. */
final class MaskingReader {
    private MaskingReader() {}

    static List<MaskingProfile> read(YamlFile file) {
        List<MaskingProfile> profiles = new ArrayList<>();
        Map<String, Integer> lines = new HashMap<>();
        for (Entry profile : file.root().entries("profiles")) {
            Integer before = lines.putIfAbsent(profile.text("name"), profile.line());
            if (before != null) {
                profile.fault(
                        profile.line("name"),
                        "the profile " + profile.text("name") + " stands in line " + before + " as well",
                        "give it a name of its own; decisions name profiles");
            }
            if (profile.isSound()) {
                profiles.add(new MaskingProfile(
                        Selectors.id(profile),
                        Selectors.names(profile, "roles"),
                        uses(profile),
                        Selectors.streams(profile),
                        rules(profile)));
            } else {
                rules(profile);
            }
        }
        return profiles;
    }

    private static Set<Use> uses(Entry profile) {
        Set<Use> uses = EnumSet.noneOf(Use.class);
        profile.texts("uses").forEach(use -> uses.add(Use.valueOf(use.toUpperCase(Locale.ROOT))));
        return uses.isEmpty() ? EnumSet.allOf(Use.class) : uses;
    }

    private static List<MaskRule> rules(Entry profile) {
        List<MaskRule> rules = new ArrayList<>();
        int all = -1;
        for (Entry rule : profile.entries("rules")) {
            if (!rule.isSound()) {
                continue;
            }
            if (all >= 0) {
                rule.fault(
                        rule.line(),
                        "the rule can never apply: the one in line " + all + " fits every field, and the first that"
                                + " fits decides",
                        "put it above, or remove it");
                break;
            }
            // No rule hides what stands in the ledger in clear, but one that shows it does no harm.
            Mask mask = Mask.of(rule.text("mask"));
            MaskRule made = new MaskRule(
                    Selectors.id(rule),
                    mask == Mask.NONE ? Selectors.visibleFields(rule) : Selectors.fields(rule),
                    Selectors.classes(rule),
                    Selectors.kinds(rule),
                    mask);
            rules.add(made);
            if (made.fields().isAll()
                    && !rule.has("fields")
                    && made.classes().isEmpty()
                    && made.kinds().isEmpty()) {
                all = rule.line();
            }
        }
        return List.copyOf(rules);
    }
}
