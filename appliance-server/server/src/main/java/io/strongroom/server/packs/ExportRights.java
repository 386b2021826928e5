package io.strongroom.server.packs;

import io.strongroom.api.ExportRequest;
import io.strongroom.api.Outcome;
import io.strongroom.api.ProblemType;
import io.strongroom.api.Selection;
import io.strongroom.evidence.field.JsonPointer;
import io.strongroom.policies.AccessDecision;
import io.strongroom.policies.Policy;
import io.strongroom.policies.Quota;
import io.strongroom.server.access.Caller;
import io.strongroom.server.privacy.Reader;
import io.strongroom.server.privacy.SearchRights;
import io.strongroom.server.problem.ProblemException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who may take what out, as the policy in force has it. */
final class ExportRights {
    private static final String SELECTION = "The selection";
    private static final String EXCLUSION = "The selection's exclusion";

    /** Where the fields stand that a selection asks by, but for those that an entry tells anyway. */
    private static final Map<String, JsonPointer> PLACES = Map.of(
            "actor", JsonPointer.of("actor", "id"),
            "action", JsonPointer.of("action"),
            "resource", JsonPointer.of("resource", "id"),
            "outcome", JsonPointer.of("outcome"));

    private final Policy policy;
    private final SearchRights rights;
    private final InstantSource clock;

    ExportRights(Policy policy, SearchRights rights, InstantSource clock) {
        this.policy = policy;
        this.rights = rights;
        this.clock = clock;
    }

    /** How many packs may wait for the caller, among else. */
    Quota quota(io.strongroom.policies.Caller who) {
        return policy.quota(who, "");
    }

    /** @throws ProblemException if policy does not let the caller ask for this */
    void requireAsk(io.strongroom.policies.Caller who, ExportRequest request) {
        requirePermission(who, request);
        requireSelectable(who, request);
    }

    /** Whoever names no stream needs a rule that names none. */
    private void requirePermission(io.strongroom.policies.Caller who, ExportRequest request) {
        String stream = request.selection().stream();
        AccessDecision decision = policy.export(
                new io.strongroom.policies.ExportRequest(
                        who, request.format().wire(), request.purpose(), clock.instant()),
                stream == null ? "" : stream);
        if (!decision.isAllowed()) {
            throw new ProblemException(
                    ProblemType.FORBIDDEN,
                    "The policy in force does not let you take this out: " + decision.reason()
                            + (stream == null ? ". The selection names no stream" : "") + ".");
        }
    }

    /** A pack must not tell, by what is in it, what a field holds that policy hides from its reader. */
    private void requireSelectable(io.strongroom.policies.Caller who, ExportRequest request) {
        Selection selection = request.selection();
        Reader reader = new Reader(
                who, request.purpose(), clock.instant(), request.format().wire());
        Optional<String> stream = Optional.ofNullable(selection.stream());
        if (selection.from() != null || selection.to() != null) {
            rights.requireTime(reader, stream, "The selection by time");
        }
        for (Asked asked : asked(selection)) {
            rights.requireShown(reader, stream, asked.what(), asked.field(), SearchRights.text(asked.value()));
        }
    }

    /** A value of a field that is selected by, or that leaves records out. */
    private record Asked(String what, JsonPointer field, String value) {}

    private static List<Asked> asked(Selection selection) {
        List<Asked> asked = new ArrayList<>();
        Outcome outcome = selection.outcome();
        Map<String, @Nullable String> by = new HashMap<>();
        by.put("actor", selection.actor());
        by.put("action", selection.action());
        by.put("resource", selection.resource());
        by.put("outcome", outcome == null ? null : outcome.wire());
        PLACES.forEach((field, place) -> {
            String value = by.get(field);
            if (value != null) {
                asked.add(new Asked(SELECTION, place, value));
            }
            selection.not().of(field).forEach(left -> asked.add(new Asked(EXCLUSION, place, left)));
        });
        selection.labels().forEach((name, value) -> asked.add(new Asked(SELECTION, label(name), value)));
        selection
                .not()
                .labels()
                .forEach((name, values) -> values.forEach(left -> asked.add(new Asked(EXCLUSION, label(name), left))));
        return asked;
    }

    private static JsonPointer label(String name) {
        return JsonPointer.of("labels", name);
    }

    /** What policy or an officer has taken from the caller since, a pack that was made before must not give them. */
    void requireStill(Caller caller, ExportJob job) {
        io.strongroom.policies.Caller now = Reader.exporting(caller);
        requirePermission(now, job.request());
        if (!now.roles().containsAll(job.who().roles())) {
            throw new ProblemException(
                    ProblemType.FORBIDDEN,
                    "The pack shows what a role of yours let you see that you do not have any more. Ask for a new one.");
        }
    }
}
