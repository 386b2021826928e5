package io.strongroom.policies.evaluate;

import io.strongroom.evidence.field.JsonPointer;
import io.strongroom.evidence.json.CanonicalWriter;
import io.strongroom.evidence.json.JsonSlice;
import io.strongroom.policies.Classification;
import io.strongroom.policies.Kind;
import io.strongroom.policies.Mask;
import io.strongroom.policies.PolicyBundle;
import io.strongroom.policies.PolicyDecision;
import io.strongroom.policies.RecordFields;
import io.strongroom.policies.RetentionClass;
import io.strongroom.policies.bundle.Bundle;
import io.strongroom.policies.bundle.Bundle.ActionRule;
import io.strongroom.policies.bundle.Bundle.ClassRule;
import io.strongroom.policies.bundle.Bundle.DetectorRule;
import io.strongroom.policies.bundle.Bundle.ExportRule;
import io.strongroom.policies.bundle.Bundle.FindableRule;
import io.strongroom.policies.bundle.Bundle.HandlingRule;
import io.strongroom.policies.bundle.Bundle.MaskRule;
import io.strongroom.policies.bundle.Bundle.MaskingProfile;
import io.strongroom.policies.bundle.Bundle.RetentionRule;
import io.strongroom.policies.bundle.Bundle.SubjectRule;
import io.strongroom.policies.pattern.FieldAutomaton;
import io.strongroom.policies.pattern.FieldPattern;
import io.strongroom.policies.pattern.FieldSelector;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rules of a bundle that are about a stream, laid out so that one walk over a record applies them all. */
final class Plan {
    /** Members of a stored record that the appliance wrote, and those of a received one that always stand in clear. */
    private static final Set<String> CLEAR_OF_STORED =
            Set.of("_sd", "batch", "policy", "receivedAt", "recordId", "salt", "v");

    private static final int MAX_FATES = 2_000;

    private final Classification otherwise;
    private final List<ClassRule> classes;
    private final List<DetectorRule> detectors;
    private final List<HandlingRule> handling;
    private final List<FindableRule> findable;
    private final List<MaskingProfile> profiles;
    private final List<ExportRule> exports;
    private final List<ActionRule> actions;
    private final RetentionClass retention;
    private final @Nullable SubjectRule subject;

    private final Map<FieldPattern, Integer> patterns = new LinkedHashMap<>();
    private final BitSet clear = new BitSet();
    private final Map<BitSet, Fate> fates = new HashMap<>();
    private final FieldAutomaton<Fate> automaton;

    Plan(Bundle bundle, String stream) {
        otherwise = bundle.classification().otherwise();
        classes = bundle.classification().rules().stream()
                .filter(rule -> rule.streams().selects(stream))
                .toList();
        detectors = bundle.classification().detectors().stream()
                .filter(rule -> rule.streams().selects(stream))
                .toList();
        handling = bundle.handling().rules().stream()
                .filter(rule -> rule.streams().selects(stream))
                .toList();
        findable = bundle.handling().findable().stream()
                .filter(rule -> rule.streams().selects(stream))
                .toList();
        profiles = bundle.masking().stream()
                .filter(profile -> profile.streams().selects(stream))
                .toList();
        exports = bundle.exports().stream()
                .filter(rule -> rule.streams().selects(stream))
                .toList();
        actions = bundle.actions().stream()
                .filter(rule -> rule.streams().selects(stream))
                .toList();
        subject = bundle.handling().subjects().stream()
                .filter(rule -> rule.streams().selects(stream))
                .findFirst()
                .orElse(null);
        retention = bundle.retention().rules().stream()
                .filter(rule -> rule.streams().selects(stream))
                .map(RetentionRule::retentionClass)
                .findFirst()
                .orElse(bundle.retention().otherwise());
        collectPatterns();
        automaton = new FieldAutomaton<>(List.copyOf(patterns.keySet()), this::fate);
    }

    private void collectPatterns() {
        for (Set<String> names : List.of(RecordFields.ALWAYS_CLEAR, CLEAR_OF_STORED)) {
            names.stream().sorted().forEach(name -> clear.set(index(FieldPattern.parse("/" + name))));
        }
        classes.forEach(rule -> collect(rule.fields()));
        detectors.forEach(rule -> collect(rule.fields()));
        handling.forEach(rule -> collect(rule.fields()));
        findable.forEach(rule -> collect(rule.fields()));
        profiles.forEach(profile -> profile.rules().forEach(rule -> collect(rule.fields())));
        exports.forEach(rule -> collect(rule.fields()));
        if (subject != null) {
            subject.pointers().forEach(pointer -> index(FieldPattern.parse(pointer.toString())));
        }
    }

    private void collect(FieldSelector selector) {
        selector.fields().forEach(this::index);
        selector.except().forEach(this::index);
    }

    private int index(FieldPattern pattern) {
        return patterns.computeIfAbsent(pattern, p -> patterns.size());
    }

    /** Whether all records of the stream are kept whole, in one class, so that nothing in one needs to be looked at. */
    boolean decidesUnseen() {
        return classes.isEmpty()
                && detectors.isEmpty()
                && handling.isEmpty()
                && profiles.isEmpty()
                && actions.isEmpty()
                && subject == null
                && !otherwise.isCommitted();
    }

    /** What is decided then. */
    PolicyDecision unseen(PolicyBundle bundle) {
        return new PolicyDecision(
                bundle,
                otherwise,
                retention.name(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                "");
    }

    FieldAutomaton<Fate>.State start() {
        return automaton.start();
    }

    List<ActionRule> actions() {
        return actions;
    }

    RetentionClass retention() {
        return retention;
    }

    Classification otherwise() {
        return otherwise;
    }

    List<ExportRule> exports() {
        return exports;
    }

    List<MaskingProfile> profiles() {
        return profiles;
    }

    Optional<SubjectRule> subject() {
        return Optional.ofNullable(subject);
    }

    /** The pointer to the data subject that stands at {@code index} in its rule. */
    JsonPointer subject(int index) {
        if (subject == null) {
            throw new IllegalStateException("no rule names a subject");
        }
        return subject.pointers().get(index);
    }

    /** What the rules say about a field. */
    Fate fate(JsonPointer field) {
        FieldAutomaton<Fate>.State state = automaton.start();
        for (String name : field.tokens()) {
            byte[] json = new CanonicalWriter().string(name).toBytes();
            state = state.member(new JsonSlice(json, 0, json.length));
        }
        return state.meaning();
    }

    // --- What a set of matching patterns means

    private synchronized Fate fate(BitSet matched) {
        Fate known = fates.get(matched);
        if (known != null) {
            return known;
        }
        Fate fate = resolve(matched);
        if (fates.size() < MAX_FATES) {
            fates.put((BitSet) matched.clone(), fate);
        }
        return fate;
    }

    private Fate resolve(BitSet matched) {
        List<ClassRule> mine =
                classes.stream().filter(rule -> selects(rule.fields(), matched)).toList();
        Classification highest = mine.stream()
                .map(ClassRule::classification)
                .reduce(Classification::max)
                .orElse(otherwise);
        HandlingRule handled = handling.stream()
                .filter(rule -> selects(rule.fields(), matched))
                .findFirst()
                .orElse(null);
        Fate.MaskChoice[][] masks = masks(matched);
        return new Fate(
                clear.intersects(matched),
                highest,
                kind(mine, highest),
                mine.stream().anyMatch(ClassRule::whole),
                detectors(mine, matched),
                handled == null ? null : handled.handling(),
                handled == null ? "" : handled.reason(),
                findable.stream().anyMatch(rule -> selects(rule.fields(), matched)),
                subject(matched),
                masks,
                touched(masks),
                exported(matched));
    }

    private boolean selects(FieldSelector selector, BitSet matched) {
        return (selector.fields().isEmpty() || anyOf(selector.fields(), matched)) && !anyOf(selector.except(), matched);
    }

    private boolean anyOf(List<FieldPattern> fields, BitSet matched) {
        for (FieldPattern field : fields) {
            if (matched.get(index(field))) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable Kind kind(List<ClassRule> rules, Classification highest) {
        for (ClassRule rule : rules) {
            if (rule.classification() == highest && rule.kind() != null) {
                return rule.kind();
            }
        }
        return null;
    }

    private DetectorRule[] detectors(List<ClassRule> classified, BitSet matched) {
        Set<DetectorRule> looking = new LinkedHashSet<>();
        if (classified.stream().allMatch(ClassRule::search)) {
            detectors.stream().filter(rule -> selects(rule.fields(), matched)).forEach(looking::add);
        }
        return Fate.byClass(looking);
    }

    private int subject(BitSet matched) {
        List<JsonPointer> pointers = subject == null ? List.of() : subject.pointers();
        for (int i = 0; i < pointers.size(); i++) {
            if (matched.get(index(FieldPattern.parse(pointers.get(i).toString())))) {
                return i;
            }
        }
        return Fate.NO_SUBJECT;
    }

    private Fate.MaskChoice[][] masks(BitSet matched) {
        Fate.MaskChoice[][] masks = new Fate.MaskChoice[profiles.size()][Sensitivity.SLOTS];
        for (int p = 0; p < masks.length; p++) {
            MaskingProfile profile = profiles.get(p);
            List<MaskRule> mine = profile.rules().stream()
                    .filter(rule -> selects(rule.fields(), matched))
                    .toList();
            for (int slot = 0; slot < Sensitivity.SLOTS; slot++) {
                masks[p][slot] = mask(profile, mine, Sensitivity.classification(slot), Sensitivity.kind(slot));
            }
        }
        return masks;
    }

    private static Fate.MaskChoice mask(
            MaskingProfile profile, List<MaskRule> rules, Classification classification, @Nullable Kind kind) {
        for (MaskRule rule : rules) {
            boolean fits = (rule.classes().isEmpty() || rule.classes().contains(classification))
                    && (rule.kinds().isEmpty() || kind != null && rule.kinds().contains(kind));
            if (fits) {
                return new Fate.MaskChoice(rule.mask(), rule.id().toString());
            }
        }
        return classification.isCommitted()
                ? new Fate.MaskChoice(
                        Mask.OMIT, "profile " + profile.id().name() + ", which has no rule for " + classification)
                : new Fate.MaskChoice(Mask.NONE, "");
    }

    private static int touched(Fate.MaskChoice[][] masks) {
        int touched = 0;
        for (Fate.MaskChoice[] profile : masks) {
            for (int slot = 0; slot < Sensitivity.SLOTS; slot++) {
                touched |= profile[slot].mask() == Mask.NONE ? 0 : 1 << slot;
            }
        }
        return touched;
    }

    private boolean[] exported(BitSet matched) {
        boolean[] exported = new boolean[exports.size()];
        for (int i = 0; i < exported.length; i++) {
            exported[i] = selects(exports.get(i).fields(), matched);
        }
        return exported;
    }
}
