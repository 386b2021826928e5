package io.strongroom.policies.diff;

import io.strongroom.policies.AccessDecision;
import io.strongroom.policies.AccessRequest;
import io.strongroom.policies.ExportRequest;
import io.strongroom.policies.FieldView;
import io.strongroom.policies.PolicyDecision;
import io.strongroom.policies.PolicyDecision.Commitment;
import io.strongroom.policies.PolicyDecision.Hashed;
import io.strongroom.policies.ViewDecision;
import io.strongroom.policies.bundle.Bundle.Use;
import io.strongroom.policies.diff.Difference.Kind;
import io.strongroom.policies.evaluate.CompiledPolicy;
import io.strongroom.policies.evaluate.Sight;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Has two compiled bundles decide about the same input and tells where they differ. Where {@link SemanticDiff} compares
 * what bundles say, this compares what they do with real records and readers. Not for several threads at once.
 */
public final class DecisionDiff {
    private static final int MOST_STREAMS = 1_000;
    private static final String TAKEN_IN = "taken in";

    private final CompiledPolicy before;
    private final CompiledPolicy after;
    private final SortedSet<String> roles;
    private final Map<String, List<Pair>> pairs = new HashMap<>();

    public DecisionDiff(CompiledPolicy before, CompiledPolicy after) {
        this.before = before;
        this.after = after;
        this.roles = new TreeSet<>(Universe.roles(before.source(), after.source()));
    }

    // --- Taking in

    /**
     * What becomes of a record that comes in. If neither bundle takes it in, nothing differs; if one does, that alone is
     * told.
     *
     * @param received canonical bytes of the document as received
     * @param region where the appliance stands; empty if it is not known
     */
    public List<Difference> takingIn(String stream, byte[] received, String region) {
        PolicyDecision old = before.decide(stream, received);
        PolicyDecision made = after.decide(stream, received);
        String oldAnswer = admission(before, old, stream, region);
        String newAnswer = admission(after, made, stream, region);
        List<Difference> differences = new ArrayList<>();
        compare(differences, Kind.ADMISSION, oldAnswer, newAnswer);
        if (!differences.isEmpty() || !newAnswer.equals(TAKEN_IN)) {
            return differences;
        }
        whole(differences, old, made);
        compare(
                differences,
                Kind.SUBJECT,
                old.subject().orElse("nobody"),
                made.subject().orElse("nobody"));
        differences.addAll(handling(old).differences(Kind.HANDLING, handling(made)));
        return differences;
    }

    /** What becomes of a record of the appliance's own, of which nothing is ever hidden or refused. */
    public List<Difference> takingInOwn(String stream, byte[] received) {
        List<Difference> differences = new ArrayList<>();
        whole(differences, before.decide(stream, received), after.decide(stream, received));
        return differences;
    }

    private static String admission(CompiledPolicy policy, PolicyDecision decision, String stream, String region) {
        if (decision.refusal().isPresent()) {
            return "refused: its attributes do not fit its action";
        }
        return policy.residency(stream, region).allowed() ? TAKEN_IN : "refused: it may not stand in this region";
    }

    private static void whole(List<Difference> differences, PolicyDecision old, PolicyDecision made) {
        compare(
                differences,
                Kind.CLASSIFICATION,
                old.classification().name(),
                made.classification().name());
        compare(differences, Kind.RETENTION, old.retention(), made.retention());
    }

    private static FieldOutcomes handling(PolicyDecision decision) {
        FieldOutcomes outcomes = new FieldOutcomes("kept in clear");
        Set<String> findable = Set.copyOf(decision.findable());
        for (Commitment commitment : decision.commitments()) {
            outcomes.add(
                    commitment.pointer(),
                    "committed as " + commitment.classification()
                            + (findable.contains(commitment.pointer()) ? ", findable" : ""));
        }
        decision.dropped().forEach(pointer -> outcomes.add(pointer, "dropped"));
        for (Hashed hashed : decision.hashed()) {
            outcomes.add(hashed.pointer(), "hashed");
        }
        return outcomes;
    }

    // --- Seeing, by role

    /**
     * What readers in some roles see of a record.
     *
     * @param roles those to whom the same rules apply under both bundles
     * @param differences empty if they see the same
     */
    public record Seen(Use use, List<String> roles, List<Difference> differences) {}

    /** Roles to whom, of each bundle, the same rules apply. */
    private record Pair(Use use, Optional<Sight> old, Optional<Sight> made, List<String> roles) {}

    /**
     * What readers in each role that either bundle names, or the product knows, see and take out of a record: those whom a
     * rule of either bundle lets, whatever its conditions.
     *
     * @param record canonical bytes of the record with all its disclosures put back, received or stored
     */
    public List<Seen> seeing(String stream, byte[] record) {
        List<Seen> seen = new ArrayList<>();
        Map<Sight, List<FieldView>> oldViews = new HashMap<>();
        Map<Sight, List<FieldView>> newViews = new HashMap<>();
        for (Pair pair : pairs(stream)) {
            Kind kind = pair.use() == Use.READ ? Kind.READING : Kind.EXPORT;
            List<Difference> differences = new ArrayList<>();
            if (pair.old().isPresent() && pair.made().isPresent()) {
                List<FieldView> old =
                        oldViews.computeIfAbsent(pair.old().get(), sight -> before.views(stream, sight, record));
                List<FieldView> made =
                        newViews.computeIfAbsent(pair.made().get(), sight -> after.views(stream, sight, record));
                differences.addAll(views(old).differences(kind, views(made)));
            } else {
                compare(
                        differences,
                        kind,
                        words(pair.old().isPresent()),
                        words(pair.made().isPresent()));
            }
            seen.add(new Seen(pair.use(), pair.roles(), differences));
        }
        return seen;
    }

    private List<Pair> pairs(String stream) {
        List<Pair> known = pairs.get(stream);
        if (known != null) {
            return known;
        }
        Map<Pair, List<String>> byRules = new LinkedHashMap<>();
        for (Use use : Use.values()) {
            for (String role : roles) {
                Pair pair = new Pair(use, before.sight(stream, role, use), after.sight(stream, role, use), List.of());
                if (pair.old().isPresent() || pair.made().isPresent()) {
                    byRules.computeIfAbsent(pair, any -> new ArrayList<>()).add(role);
                }
            }
        }
        List<Pair> made = new ArrayList<>();
        byRules.forEach((pair, same) -> made.add(new Pair(pair.use(), pair.old(), pair.made(), List.copyOf(same))));
        if (pairs.size() < MOST_STREAMS) {
            pairs.put(stream, made);
        }
        return made;
    }

    private static FieldOutcomes views(List<FieldView> views) {
        FieldOutcomes outcomes = new FieldOutcomes("");
        for (FieldView view : views) {
            outcomes.add(
                    view.pointer(),
                    switch (view) {
                        case FieldView.Present present -> "shown";
                        case FieldView.Masked masked ->
                            "masked as " + masked.mask().text();
                        case FieldView.Hidden hidden -> "hidden";
                    });
        }
        return outcomes;
    }

    // --- Somebody who reads

    /**
     * What somebody sees of a record.
     *
     * @param record as in {@link #seeing}
     */
    public List<Difference> reading(AccessRequest request, String stream, byte[] record) {
        ViewDecision old = before.read(request, stream, record);
        ViewDecision made = after.read(request, stream, record);
        List<Difference> differences = new ArrayList<>();
        compare(differences, Kind.READING, words(old.isAllowed()), words(made.isAllowed()));
        if (old.isAllowed() && made.isAllowed()) {
            differences.addAll(views(old.fields()).differences(Kind.READING, views(made.fields())));
        }
        return differences;
    }

    /** Whether somebody may read, before it is known which records. */
    public List<Difference> mayRead(AccessRequest request, Optional<String> stream) {
        List<Difference> differences = new ArrayList<>();
        compare(differences, Kind.READING, words(before.access(request, stream)), words(after.access(request, stream)));
        return differences;
    }

    /** Whether somebody may take records of a stream out. */
    public List<Difference> mayExport(ExportRequest request, String stream) {
        List<Difference> differences = new ArrayList<>();
        compare(differences, Kind.EXPORT, words(before.export(request, stream)), words(after.export(request, stream)));
        return differences;
    }

    /**
     * Whether, of either bundle, a rule about reading asks for any of these variables of conditions; what such a rule
     * decides cannot be told by whoever does not know them.
     */
    public boolean readingAsksFor(Set<String> variables, Set<String> ofRoles, Optional<String> stream) {
        return before.readingAsksFor(variables, ofRoles, stream) || after.readingAsksFor(variables, ofRoles, stream);
    }

    /** The same of rules about exports. */
    public boolean exportAsksFor(Set<String> variables, Set<String> ofRoles, String stream) {
        return before.exportAsksFor(variables, ofRoles, stream) || after.exportAsksFor(variables, ofRoles, stream);
    }

    private static String words(AccessDecision decision) {
        return switch (decision.outcome()) {
            case ALLOWED -> "allowed";
            case DENIED -> "denied";
            case PER_RECORD -> "decided record by record";
        };
    }

    private static String words(boolean allowed) {
        return allowed ? "allowed" : "denied";
    }

    private static void compare(List<Difference> differences, Kind kind, String old, String made) {
        if (!old.equals(made)) {
            differences.add(new Difference(kind, "", old, made));
        }
    }
}
