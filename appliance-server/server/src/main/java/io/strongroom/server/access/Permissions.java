package io.strongroom.server.access;

import io.strongroom.api.ProblemType;
import io.strongroom.policies.AccessDecision;
import io.strongroom.policies.AccessDecision.Outcome;
import io.strongroom.policies.AccessRequest;
import io.strongroom.policies.Operations;
import io.strongroom.policies.Policy;
import io.strongroom.server.problem.ProblemException;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** What people may do: what the policy in force allows one of their roles, and nothing else. Never waits. */
@Singleton
public final class Permissions {
    /** Where somebody says what for. */
    public static final String PURPOSE_HEADER = "X-Purpose";

    private final Policy policy;
    private final InstantSource clock;

    public Permissions(Policy policy, InstantSource clock) {
        this.policy = policy;
        this.clock = clock;
    }

    /**
     * Lets a person on to an operation, or not.
     *
     * @param operation a name of {@link Operations}
     * @throws ProblemException {@code forbidden}, with the reason
     */
    public void require(Caller.Person person, String operation) {
        AccessDecision decision = decide(person, operation);
        if (!letsOn(decision, operation)) {
            throw new ProblemException(ProblemType.FORBIDDEN, sentence(decision, operation));
        }
    }

    /** Reading goes record by record later; what else depends on a record or a stream is decided nowhere yet. */
    private static boolean letsOn(AccessDecision decision, String operation) {
        return decision.isAllowed()
                || decision.outcome() == Outcome.PER_RECORD && operation.equals(Operations.READ_RECORDS);
    }

    /** The operations that a person is let on to now, by name. */
    SortedSet<String> operations(Caller.Person person) {
        SortedSet<String> operations = new TreeSet<>();
        for (String operation : Operations.ALL) {
            if (letsOn(decide(person, operation), operation)) {
                operations.add(operation);
            }
        }
        return operations;
    }

    /** Whether policy lets a person on to an operation, in every stream. */
    public boolean allows(Caller.Person person, String operation) {
        return decide(person, operation).isAllowed();
    }

    private AccessDecision decide(Caller.Person person, String operation) {
        return policy.access(
                new AccessRequest(person.asPolicySees(), operation, person.purpose(), clock.instant()),
                Optional.empty());
    }

    /**
     * Asks for a second factor that was just shown.
     *
     * @throws ProblemException {@code step-up-required}
     */
    public void requireStepUp(Caller.Person person) {
        if (!person.stepUp().counts(clock.millis())) {
            throw new ProblemException(
                    ProblemType.STEP_UP_REQUIRED,
                    "This needs a code of your authenticator that is at most " + SteppedUp.HOLDS.toMinutes()
                            + " minutes old.");
        }
    }

    private static String sentence(AccessDecision decision, String operation) {
        String reason = decision.outcome() == Outcome.PER_RECORD
                ? "the policy in force allows " + operation + " for some streams only"
                : decision.reason();
        return reason.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + reason.substring(1) + ".";
    }
}
