package io.strongroom.server.privacy;

import io.strongroom.evidence.field.Disclosure;
import io.strongroom.evidence.json.CanonicalObject;
import io.strongroom.policies.AccessRequest;
import io.strongroom.policies.Classification;
import io.strongroom.policies.FieldView;
import io.strongroom.policies.Operations;
import io.strongroom.policies.Policy;
import io.strongroom.policies.ViewDecision;
import io.strongroom.server.access.Caller;
import java.time.InstantSource;

/**
 * What people see, by the policy in force and their roles: a record that policy shows them whole, or its entry and leaf
 * alone; a field that is kept apart, not at all. Tokens go by their scopes.
 */
final class PeopleVisibility implements Visibility {
    private static final Sight APART = new Sight.Hidden("Fields that are kept apart are not shown to people.");

    private final Visibility tokens;
    private final Policy policy;
    private final InstantSource clock;

    PeopleVisibility(Visibility tokens, Policy policy, InstantSource clock) {
        this.tokens = tokens;
        this.policy = policy;
        this.clock = clock;
    }

    @Override
    public boolean showsRecord(Caller reader, byte[] stored) {
        if (reader.person().isEmpty()) {
            return tokens.showsRecord(reader, stored);
        }
        Caller.Person person = reader.person().get();
        String stream = CanonicalObject.ofCanonical(stored).require("stream").string();
        ViewDecision decision = policy.read(
                new AccessRequest(person.asPolicySees(), Operations.READ_RECORDS, person.purpose(), clock.instant()),
                stream,
                stored);
        return decision.isAllowed() && decision.fields().stream().allMatch(FieldView.Present.class::isInstance);
    }

    @Override
    public Sight of(Caller reader, Disclosure field, Classification classification) {
        return reader.person().isPresent() ? APART : tokens.of(reader, field, classification);
    }
}
