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
import io.strongroom.policies.diff.Phrase.Kind;
import io.strongroom.policies.evaluate.CompiledPolicy;
import io.strongroom.policies.pattern.FieldSelector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
                    Kind.RETENTION,
                    told(before.retention(stream)),
                    told(after.retention(stream)));
            compare(
                    Area.RESIDENCY,
                    label,
                    Kind.RESIDENCY,
                    residency(before.source(), stream),
                    residency(after.source(), stream));
            compare(
                    Area.HANDLING,
                    label,
                    Kind.SUBJECT,
                    subject(before.source(), stream),
                    subject(after.source(), stream));
            lists(Area.DETECTION, label, detectors(before.source(), stream), detectors(after.source(), stream));
            lists(Area.ACTIONS, label, actions(before.source(), stream), actions(after.source(), stream));
        });
        ordered(
                Area.QUOTAS,
                Kind.QUOTAS,
                before.source().quotas(),
                after.source().quotas(),
                KeepingChanges::told);
        ordered(
                Area.AGENTS,
                Kind.AGENTS,
                before.source().agents(),
                after.source().agents(),
                KeepingChanges::told);
        SortedSet<Phrase> old = officers(before.source());
        SortedSet<Phrase> made = officers(after.source());
        without(made, old).forEach(officer -> findings.add(Area.OFFICERS, Phrase.of(Kind.BELIEVED, officer)));
        without(old, made).forEach(officer -> findings.add(Area.OFFICERS, Phrase.of(Kind.BELIEVED_NO_LONGER, officer)));
    }

    private static SortedSet<Phrase> officers(Bundle bundle) {
        return sorted(bundle.officers().stream().flatMap(officer -> officer.keys().stream()
                .map(key -> Phrase.of(
                        Kind.OFFICER,
                        Phrase.name(officer.id()),
                        Phrase.names(Kind.ALL_OF, new TreeSet<>(officer.roles())),
                        Phrase.name(key.id())))));
    }

    private void compare(Area area, String stream, Kind what, Phrase old, Phrase made) {
        if (!old.equals(made)) {
            findings.add(area, stream, Phrase.of(what, made, old));
        }
    }

    private void lists(Area area, String stream, SortedSet<Phrase> old, SortedSet<Phrase> made) {
        without(made, old).forEach(each -> findings.add(area, stream, Phrase.of(Kind.NEW, each)));
        without(old, made).forEach(each -> findings.add(area, stream, Phrase.of(Kind.GONE, each)));
    }

    private static List<Phrase> without(SortedSet<Phrase> these, SortedSet<Phrase> those) {
        return these.stream().filter(each -> !those.contains(each)).toList();
    }

    private static SortedSet<Phrase> sorted(Stream<Phrase> phrases) {
        return phrases.collect(Collectors.toCollection(() -> new TreeSet<>(Comparator.comparing(Phrase::toString))));
    }

    private static Phrase told(RetentionClass retention) {
        String period = retention.period().toString().substring(1);
        Phrase number = Phrase.name(period.substring(0, period.length() - 1));
        Phrase kept = Phrase.of(
                switch (period.charAt(period.length() - 1)) {
                    case 'Y' -> Kind.YEARS;
                    case 'M' -> Kind.MONTHS;
                    default -> Kind.DAYS;
                },
                number);
        Phrase whole = retention.graceDays() == 0
                ? kept
                : Phrase.of(Kind.WITH_GRACE, kept, Phrase.name(retention.graceDays()));
        return Phrase.of(Kind.RETENTION_CLASS, Phrase.name(retention.name()), whole);
    }

    private static Phrase residency(Bundle bundle, String stream) {
        return bundle.residency().stream()
                .filter(rule -> rule.streams().selects(stream))
                .findFirst()
                .map(ResidencyRule::regions)
                .map(regions -> Phrase.of(Kind.IN_REGIONS, Phrase.names(Kind.ALL_OF, new TreeSet<>(regions))))
                .orElse(Phrase.of(Kind.ANYWHERE));
    }

    private static Phrase subject(Bundle bundle, String stream) {
        return bundle.handling().subjects().stream()
                .filter(rule -> rule.streams().selects(stream))
                .findFirst()
                .map(SubjectRule::pointers)
                .map(pointers -> Phrase.names(Kind.ONE_OF, pointers))
                .orElse(Phrase.of(Kind.NOTHING));
    }

    private static SortedSet<Phrase> detectors(Bundle bundle, String stream) {
        return sorted(bundle.classification().detectors().stream()
                .filter(rule -> rule.streams().selects(stream))
                .map(KeepingChanges::told));
    }

    private static Phrase told(DetectorRule rule) {
        String kind = rule.kind() == null ? "" : " " + rule.kind().text();
        return Phrase.of(
                Kind.DETECTED,
                Phrase.name(rule.detectorText()),
                Phrase.name(rule.classification() + kind),
                fields(rule.fields()));
    }

    private static Phrase fields(FieldSelector selector) {
        if (selector.isAll()) {
            return Phrase.of(Kind.ALL_FIELDS);
        }
        Phrase fields = Phrase.name(selector.fields());
        return selector.except().isEmpty() ? fields : Phrase.of(Kind.EXCEPT, fields, Phrase.name(selector.except()));
    }

    private static SortedSet<Phrase> actions(Bundle bundle, String stream) {
        return sorted(bundle.actions().stream()
                .filter(rule -> rule.streams().selects(stream))
                .map(KeepingChanges::told));
    }

    private static Phrase told(ActionRule rule) {
        return Phrase.of(
                rule.refuse() ? Kind.REFUSED : Kind.RESTRICTED,
                Phrase.name(rule.actions()),
                Phrase.name(rule.schemaText()));
    }

    /** The first rule that fits decides, so that order counts. */
    private <T> void ordered(Area area, Kind what, List<T> old, List<T> made, Function<T, Phrase> told) {
        Phrase before = inOrder(old, told);
        Phrase after = inOrder(made, told);
        if (!before.equals(after)) {
            findings.add(area, Phrase.of(what, after, before));
        }
    }

    private static <T> Phrase inOrder(List<T> rules, Function<T, Phrase> told) {
        return rules.isEmpty()
                ? Phrase.of(Kind.NONE)
                : Phrase.joined(Kind.IN_ORDER, rules.stream().map(told).toList());
    }

    private static Phrase told(AgentRule rule) {
        List<String> settings = rule.settings().entrySet().stream()
                .map(each -> each.getKey() + " " + each.getValue())
                .toList();
        return Phrase.of(Kind.AGENT, Phrase.name(rule.groups()), Phrase.names(Kind.ALL_OF, settings));
    }

    private static Phrase told(QuotaRule rule) {
        Quota quota = rule.quota();
        List<Phrase> limits = new ArrayList<>();
        limit(limits, Kind.RECORDS_PER_SECOND, quota.recordsPerSecond());
        limit(limits, Kind.BYTES_PER_DAY, quota.bytesPerDay());
        limit(limits, Kind.REQUESTS_PER_SECOND, quota.requestsPerSecond());
        limit(limits, Kind.EXPORTS_AT_ONCE, quota.exportsAtOnce());
        limit(limits, Kind.RECORDS_PER_EXPORT, quota.recordsPerExport());
        return Phrase.of(
                Kind.QUOTA, Phrase.name(rule.roles()), Phrase.name(rule.sources()), Phrase.joined(Kind.BESIDE, limits));
    }

    private static void limit(List<Phrase> limits, Kind unit, OptionalLong value) {
        value.ifPresent(limit -> limits.add(Phrase.of(unit, Phrase.name(limit))));
    }
}
