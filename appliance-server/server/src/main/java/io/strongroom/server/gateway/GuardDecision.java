package io.strongroom.server.gateway;

import io.strongroom.api.ProblemType;
import io.strongroom.server.access.Caller;
import java.util.Locale;
import java.util.Set;

/**
 * An outcome of a guard's other than a plain allow, which is itself recorded (design §3).
 *
 * @param route the route's template, never the address as sent
 * @param evidenceRef where the document is kept; empty if it is not
 */
public record GuardDecision(ProblemType outcome, Caller caller, String route, String requestId, String evidenceRef) {

    private static final Set<ProblemType> RECORDED = Set.of(
            ProblemType.MISSING_TENANT,
            ProblemType.INVALID_TENANT,
            ProblemType.TENANT_MISMATCH,
            ProblemType.CROSS_TENANT,
            ProblemType.RESIDENCY_CONFLICT,
            ProblemType.IDEMPOTENCY_REQUIRED,
            ProblemType.IDEMPOTENCY_CONFLICT,
            ProblemType.INVALID_TOKEN,
            ProblemType.INVALID_DEVICE_CERTIFICATE,
            ProblemType.ENROLMENT_REFUSED,
            ProblemType.KEY_IN_USE,
            ProblemType.DEVICE_LOCKED,
            ProblemType.DEVICE_REVOKED,
            ProblemType.FORBIDDEN,
            ProblemType.SIGN_IN_REFUSED,
            ProblemType.SECOND_FACTOR_REFUSED,
            ProblemType.STEP_UP_REQUIRED,
            ProblemType.INVITATION_INVALID,
            ProblemType.CHALLENGE_INVALID,
            ProblemType.SETUP_CODE_INVALID,
            ProblemType.ALREADY_SET_UP,
            ProblemType.SOURCE_NOT_ALLOWED,
            ProblemType.RESERVED_STREAM,
            ProblemType.POLICY_DENIED,
            ProblemType.BATCH_SIGNATURE,
            ProblemType.FIELD_HIDDEN,
            ProblemType.POLICY_VERSION_STALE,
            ProblemType.RATE_LIMITED,
            ProblemType.QUOTA_EXCEEDED,
            ProblemType.EXPORT_CONCURRENCY_EXCEEDED,
            ProblemType.KEY_UNAVAILABLE);

    /** Whether a problem of this type is a guard's decision. */
    public static boolean isOne(ProblemType type) {
        return RECORDED.contains(type);
    }

    /** Whether such outcomes are added up by the minute, even of a caller who is known. */
    static boolean isAddedUp(ProblemType type) {
        return type == ProblemType.RATE_LIMITED
                || type == ProblemType.QUOTA_EXCEEDED
                || type == ProblemType.EXPORT_CONCURRENCY_EXCEEDED;
    }

    /** The action in its record, e.g. {@code GuardDecision.TenantMismatch}. */
    static String action(ProblemType type) {
        StringBuilder action = new StringBuilder("GuardDecision.");
        for (String word : type.code().split("-")) {
            action.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
        }
        return action.toString();
    }
}
