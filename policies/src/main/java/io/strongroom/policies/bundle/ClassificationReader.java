package io.strongroom.policies.bundle;

import io.strongroom.policies.Classification;
import io.strongroom.policies.bundle.Bundle.ClassRule;
import io.strongroom.policies.bundle.Bundle.ClassificationRules;
import io.strongroom.policies.bundle.Bundle.DetectorRule;
import io.strongroom.policies.detect.Detector;
import io.strongroom.policies.detect.Detectors;
import io.strongroom.policies.pattern.SafePattern;
import io.strongroom.policies.yaml.YamlFile;
import io.strongroom.policies.yaml.YamlFile.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads classification.yaml. */
final class ClassificationReader {
    private ClassificationReader() {}

    static ClassificationRules read(YamlFile file) {
        Entry root = file.root();
        Classification otherwise = root.isSound() || isClass(root.text("default"))
                ? Selectors.classification(root, "default")
                : Classification.RESTRICTED;
        List<ClassRule> rules = new ArrayList<>();
        for (Entry rule : root.entries("rules")) {
            if (rule.isSound()) {
                rules.add(new ClassRule(
                        Selectors.id(rule),
                        Selectors.streams(rule),
                        Selectors.fields(rule),
                        Selectors.classification(rule, "class"),
                        Selectors.kind(rule),
                        rule.truth("search", true),
                        rule.truth("whole", false)));
            }
        }
        List<DetectorRule> detectors = new ArrayList<>();
        for (Entry rule : root.entries("detectors")) {
            Detector detector = rule.isSound() ? detector(rule) : null;
            if (detector != null) {
                detectors.add(new DetectorRule(
                        Selectors.id(rule),
                        Selectors.streams(rule),
                        Selectors.fields(rule),
                        detector,
                        text(rule),
                        Selectors.classification(rule, "class"),
                        Selectors.kind(rule)));
            }
        }
        return new ClassificationRules(otherwise, List.copyOf(rules), List.copyOf(detectors));
    }

    private static boolean isClass(String name) {
        return Set.of("PUBLIC", "INTERNAL", "CONFIDENTIAL", "RESTRICTED").contains(name);
    }

    private static @Nullable Detector detector(Entry rule) {
        String find = rule.text("find");
        if (rule.has("countries") && !find.equals("national-id")) {
            rule.fault(rule.line("countries"), "countries say nothing here", "remove them; national-id alone has them");
        }
        if (rule.has("pattern") && !find.equals("pattern")) {
            rule.fault(rule.line("pattern"), "the pattern says nothing here", "write find: pattern, or remove it");
        }
        return switch (find) {
            case "email" -> Detectors.email();
            case "phone" -> Detectors.phone();
            case "card-number" -> Detectors.cardNumber();
            case "iban" -> Detectors.iban();
            case "national-id" -> nationalId(rule);
            default -> pattern(rule);
        };
    }

    private static @Nullable Detector nationalId(Entry rule) {
        List<String> countries = rule.texts("countries");
        String known = String.join(", ", Detectors.countries());
        if (countries.isEmpty()) {
            rule.fault(rule.line(), "national-id needs countries", "add countries: [" + known + "], or some of them");
            return null;
        }
        for (int i = 0; i < countries.size(); i++) {
            if (!Detectors.countries().contains(countries.get(i))) {
                rule.fault(
                        rule.line("countries", i),
                        "national ids of " + countries.get(i) + " are not known",
                        "use " + known + ", or find: pattern");
                return null;
            }
        }
        return Detectors.nationalId(countries);
    }

    private static @Nullable Detector pattern(Entry rule) {
        if (!rule.has("pattern")) {
            rule.fault(
                    rule.line(),
                    "find: pattern needs a pattern",
                    "add pattern: and an RE2 expression in single quotes");
            return null;
        }
        try {
            String name = rule.text("name");
            return Detectors.pattern(
                    name.isEmpty() ? "a pattern of the bundle" : name, SafePattern.compile(rule.text("pattern")));
        } catch (IllegalArgumentException e) {
            rule.fault(
                    rule.line("pattern"),
                    "the pattern cannot be used: " + e.getMessage(),
                    "write a short RE2 expression: no look-around, no back-references");
            return null;
        }
    }

    /** What the detector is, to be compared. */
    private static String text(Entry rule) {
        String find = rule.text("find");
        return switch (find) {
            case "national-id" ->
                find + " "
                        + String.join(
                                ", ", rule.texts("countries").stream().sorted().toList());
            case "pattern" -> find + " " + rule.text("pattern");
            default -> find;
        };
    }
}
