package io.strongroom.policies.diff;

import io.strongroom.policies.Quota;
import io.strongroom.policies.RetentionClass;
import io.strongroom.policies.bundle.Bundle;
import io.strongroom.policies.bundle.Bundle.ActionRule;
import io.strongroom.policies.bundle.Bundle.AgentRule;
import io.strongroom.policies.bundle.Bundle.DetectorRule;
import io.strongroom.policies.bundle.Bundle.QuotaRule;
import io.strongroom.policies.bundle.Bundle.ResidencyRule;
import io.strongroom.policies.bundle.Bundle.SubjectRule;
import io.strongroom.policies.diff.Change.Area;
import io.strongroom.policies.evaluate.CompiledPolicy;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How long records are kept and where, whose they are, what is looked for in them, and what callers may use up. */
final class KeepingChanges {
    private final Universe universe;
    private final CompiledPolicy before;
    private final CompiledPolicy after;
    private final Findings findings;

    KeepingChanges(Universe universe, CompiledPolicy before, CompiledPolicy after, Findings findings) {
        this.universe = universe;
        this.before = before;
        this.after = after;
        this.findings = findings;
    }

    void find() {
        universe.streams().forEach((label, stream) -> {
            compare(
                    Area.RETENTION,
                    label,
                    "records are kept",
                    words(before.retention(stream)),
                    words(after.retention(stream)));
            compare(
                    Area.RESIDENCY,
                    label,
                    "records may stand",
                    residency(before.source(), stream),
                    residency(after.source(), stream));
            compare(
                    Area.HANDLING,
                    label,
                    "the data subject is named by",
                    subject(before.source(), stream),
                    subject(after.source(), stream));
            lists(Area.DETECTION, label, detectors(before.source(), stream), detectors(after.source(), stream));
            lists(Area.ACTIONS, label, actions(before.source(), stream), actions(after.source(), stream));
        });
        ordered(
                Area.QUOTAS,
                "quotas are",
                words(before.source().quotas(), KeepingChanges::words),
                words(after.source().quotas(), KeepingChanges::words));
        ordered(
                Area.AGENTS,
                "agents are told",
                words(before.source().agents(), KeepingChanges::words),
                words(after.source().agents(), KeepingChanges::words));
        TreeSet<String> old = officers(before.source());
        TreeSet<String> made = officers(after.source());
        made.stream().filter(each -> !old.contains(each)).forEach(each -> officer("now believe", each));
        old.stream().filter(each -> !made.contains(each)).forEach(each -> officer("no longer believe", each));
    }

    private void officer(String what, String officer) {
        findings.add(Area.OFFICERS, "devices " + what + " approvals of " + officer);
    }

    private static TreeSet<String> officers(Bundle bundle) {
        return bundle.officers().stream()
                .flatMap(officer -> officer.keys().stream()
                        .map(key -> officer.id() + " as " + String.join(", ", new TreeSet<>(officer.roles())) + " with "
                                + key.id()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private void compare(Area area, String stream, String what, String old, String made) {
        if (!old.equals(made)) {
            findings.add(area, stream, what + " " + made + " (before: " + old + ")");
        }
    }

    private void lists(Area area, String stream, TreeSet<String> old, TreeSet<String> made) {
        made.stream().filter(each -> !old.contains(each)).forEach(each -> findings.add(area, stream, "new: " + each));
        old.stream().filter(each -> !made.contains(each)).forEach(each -> findings.add(area, stream, "gone: " + each));
    }

    private static String words(RetentionClass retention) {
        String grace = retention.graceDays() == 0 ? "" : " and " + retention.graceDays() + " days of grace";
        String period = retention.period().toString().substring(1);
        String number = period.substring(0, period.length() - 1);
        String unit =
                switch (period.charAt(period.length() - 1)) {
                    case 'Y' -> " years";
                    case 'M' -> " months";
                    default -> " days";
                };
        return "as " + retention.name() + " (" + number + unit + grace + ")";
    }

    private static String residency(Bundle bundle, String stream) {
        return bundle.residency().stream()
                .filter(rule -> rule.streams().selects(stream))
                .findFirst()
                .map(ResidencyRule::regions)
                .map(regions -> "in " + String.join(", ", new TreeSet<>(regions)))
                .orElse("anywhere");
    }

    private static String subject(Bundle bundle, String stream) {
        return bundle.handling().subjects().stream()
                .filter(rule -> rule.streams().selects(stream))
                .findFirst()
                .map(SubjectRule::pointers)
                .map(pointers -> pointers.stream().map(Object::toString).collect(Collectors.joining(" or ")))
                .orElse("nothing");
    }

    private static TreeSet<String> detectors(Bundle bundle, String stream) {
        return texts(
                bundle.classification().detectors(), rule -> rule.streams().selects(stream), KeepingChanges::words);
    }

    private static String words(DetectorRule rule) {
        String kind = rule.kind() == null ? "" : " " + rule.kind().text();
        String fields = rule.fields().isAll()
                ? "all fields"
                : rule.fields().fields()
                        + (rule.fields().except().isEmpty()
                                ? ""
                                : " except " + rule.fields().except());
        return "a value in which " + rule.detectorText() + " is found becomes " + rule.classification() + kind + ", in "
                + fields;
    }

    private static TreeSet<String> actions(Bundle bundle, String stream) {
        return texts(bundle.actions(), rule -> rule.streams().selects(stream), KeepingChanges::words);
    }

    private static String words(ActionRule rule) {
        return "records of " + rule.actions() + " whose attributes do not fit " + rule.schemaText() + " are "
                + (rule.refuse() ? "refused" : "restricted");
    }

    private static <T> TreeSet<String> texts(
            List<T> rules, java.util.function.Predicate<T> about, Function<T, String> words) {
        return rules.stream().filter(about).map(words).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The first rule that fits decides, so that order counts. */
    private void ordered(Area area, String what, List<String> old, List<String> made) {
        if (!old.equals(made)) {
            findings.add(area, what + " " + all(made) + ", before " + all(old));
        }
    }

    private static String all(List<String> words) {
        return words.isEmpty() ? "none" : String.join("; ", words);
    }

    private static <T> List<String> words(List<T> rules, Function<T, String> words) {
        return rules.stream().map(words).toList();
    }

    private static String words(AgentRule rule) {
        return "on devices of " + rule.groups() + ": "
                + rule.settings().entrySet().stream()
                        .map(each -> each.getKey() + " " + each.getValue())
                        .collect(Collectors.joining(", "));
    }

    private static String words(QuotaRule rule) {
        Quota quota = rule.quota();
        return "for " + rule.roles() + " from " + rule.sources() + ":"
                + limit(" records a second", quota.recordsPerSecond())
                + limit(" bytes a day", quota.bytesPerDay())
                + limit(" requests a second", quota.requestsPerSecond())
                + limit(" exports at once", quota.exportsAtOnce())
                + limit(" records an export", quota.recordsPerExport());
    }

    private static String limit(String unit, OptionalLong value) {
        return value.isPresent() ? " " + value.getAsLong() + unit : "";
    }
}
