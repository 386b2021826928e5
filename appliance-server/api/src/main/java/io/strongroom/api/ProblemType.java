package io.strongroom.api;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Every problem that the API can answer with (RFC 9457). Its {@code type} is {@code /problems/<code>}, a page that the
 * appliance serves itself.
 *
 * <p>A code, once published, keeps its meaning and its status.
 */
public enum ProblemType {
    // --- The request names its tenant, and it is the right one
    MISSING_TENANT(
            "missing-tenant",
            400,
            "The request names no tenant",
            "Send the header X-Tenant-Id, or the member tenantId in the record."),
    INVALID_TENANT(
            "invalid-tenant",
            400,
            "The tenant id is not well formed",
            "Use 1 to 64 letters, digits, or . _ ~ - that begin with a letter or a digit."),
    TENANT_MISMATCH(
            "tenant-mismatch",
            202,
            "The record names another tenant than its sender belongs to",
            "Nothing was appended: the document waits in quarantine under evidenceRef. Correct the tenant at the source"
                    + " and send it again, or ask an officer to look at it."),
    CROSS_TENANT(
            "cross-tenant",
            403,
            "The request reaches for another tenant's data",
            "Ask only for the tenant that your token belongs to."),
    RESIDENCY_CONFLICT(
            "residency-conflict",
            409,
            "The request asks for another residency than this appliance has",
            "Send it to the appliance in that region, or leave the residency out."),

    // --- Who is asking, and what they may do
    INVALID_TOKEN(
            "invalid-token",
            401,
            "There is no valid token",
            "Send Authorization: Bearer with a token that has neither expired nor been revoked; `strongroom token`"
                    + " makes one."),
    INVALID_DEVICE_CERTIFICATE(
            "invalid-device-certificate",
            401,
            "There is no certificate of a device",
            "Show the device's certificate in the TLS handshake, on the devices' port. One that has ended, or whose"
                    + " authority was replaced, is no use: have the device enrolled anew."),
    ENROLMENT_REFUSED(
            "enrolment-refused",
            403,
            "The enrolment code does not count",
            "Ask an officer for a new one; a code holds for an hour at most, and for one key. Whoever asked with it before"
                    + " asks again with the same key."),
    INVALID_CSR(
            "invalid-csr",
            400,
            "The certification request cannot be used",
            "Send a PKCS#10 request in base64 for a key on P-256, signed by that key with ECDSA; GET"
                    + " /.well-known/est/csrattrs says the same."),
    KEY_IN_USE(
            "key-in-use",
            409,
            "The key is another device's",
            "Make a new key, and ask again: `strongroom agent enrol --again` makes one, and the code still counts. A machine"
                    + " that only lost its certificate may ask with its key and the code that it was enrolled with. If"
                    + " neither is what happened, the key was copied: have an officer lock the device."),
    DEVICE_LOCKED(
            "device-locked",
            403,
            "The device is locked",
            "Its key was copied, or an officer locked it. An officer looks at it and unlocks or revokes it."),
    DEVICE_REVOKED(
            "device-revoked",
            403,
            "The device's identity is revoked",
            "It stays revoked. If it is to come back, have it enrolled anew, with a new key."),
    DEVICE_CONFLICT(
            "device-conflict",
            409,
            "The device or the authority is not as this needs it",
            "The detail says how it stands. Look at GET /api/v1/devices and decide again."),
    INCIDENT_CONFLICT(
            "incident-conflict",
            409,
            "The incident is not as this needs it",
            "The detail says how it stands. Look at GET /api/v1/telemetry/incidents/{id} and decide again."),
    FORBIDDEN(
            "forbidden",
            403,
            "The caller may not do this",
            "Use a token with the scope, or ask an officer with the role, that the detail names."),
    SIGN_IN_REFUSED(
            "sign-in-refused",
            401,
            "The sign-in is refused",
            "Check the name, the password and the code; a code holds for 30 seconds and can be used once. After several"
                    + " refusals the appliance answers later and later."),
    SECOND_FACTOR_REFUSED(
            "second-factor-refused",
            403,
            "The code of the second factor is not right",
            "Wait for the next code of your authenticator: each can be used once. Check that its clock is right."),
    STEP_UP_REQUIRED(
            "step-up-required",
            403,
            "The second factor must be shown again",
            "Send the code of your authenticator to POST /api/v1/auth/step-up (`strongroom step-up` asks for it) and"
                    + " repeat the request."),
    INVITATION_INVALID(
            "invitation-invalid",
            403,
            "The invitation's code is wrong, used or expired",
            "Ask whoever invited you for a new one; a code holds for 24 hours and five tries."),
    CHALLENGE_INVALID(
            "challenge-invalid",
            409,
            "The challenge is not the one that was given",
            "Ask for a new challenge in the same session, sign it with the key, and send it within five minutes."),
    USER_CONFLICT(
            "user-conflict",
            409,
            "The account is not as this needs it",
            "The detail says how it stands. Look at GET /api/v1/users and decide again."),
    SETUP_CODE_INVALID(
            "setup-code-invalid",
            403,
            "The setup code is wrong, used or expired",
            "Start the appliance again for a new code while it has no administrator; a code holds for one hour and five"
                    + " tries."),
    ALREADY_SET_UP(
            "already-set-up", 409, "The appliance has its administrator already", "Ask the administrator for a token."),
    SOURCE_NOT_ALLOWED(
            "source-not-allowed",
            403,
            "The token is not bound to this source",
            "Send the record under one of the token's sources, or ask the administrator for a token bound to this"
                    + " source."),
    RESERVED_STREAM(
            "reserved-stream",
            403,
            "Only the appliance writes this stream",
            "Choose a stream that does not begin with system. and a source other than strongroom."),
    POLICY_DENIED(
            "policy-denied",
            403,
            "The policy in force refuses this record",
            "The detail names the rule. Change the record, or propose a change of the policy."),
    POLICY_VERSION_STALE(
            "policy-version-stale",
            409,
            "The policy has changed since the request was made",
            "Read the policy in force and send the request again."),
    POLICY_UNAVAILABLE(
            "policy-unavailable",
            503,
            "The policy in force is missing or cannot be verified",
            "Nothing is taken in until it is there again, and nothing committed is shown; /health/ready tells why. Ask the"
                    + " operator to restore the database."),
    PROPOSAL_ENDED(
            "proposal-ended",
            409,
            "The proposal is not open",
            "Push a branch of another name, and propose that; its author opens a draft."),
    PROPOSAL_MOVED(
            "proposal-moved",
            409,
            "The proposal is another commit than the one that is named",
            "Read the proposal again, and say it of what it is now. Nothing was taken."),
    PROPOSAL_FULL(
            "proposal-full",
            409,
            "The proposal has as many comments as it may have",
            "Speak with each other, and propose the outcome under another name."),
    SHADOW_RUNNING(
            "shadow-running",
            409,
            "A shadow evaluation runs already",
            "Wait until it has ended, or cancel it: DELETE /api/v1/policy/proposals/<name>/shadow."),
    APPROVAL_REFUSED(
            "approval-refused",
            409,
            "The approval does not count",
            "The detail says what it should say and what it says. Read the proposal again and sign what it is now."),
    NOT_APPROVED(
            "not-approved",
            409,
            "The proposal is not approved",
            "Two officers of different roles, neither its author, approve its commit while the bundle in force is the one"
                    + " that they name."),

    // --- The document
    MALFORMED_JSON(
            "malformed-json",
            400,
            "The document is not strict JSON",
            "The detail says at which byte, and why. Nothing was stored."),
    SCHEMA(
            "schema",
            400,
            "The document does not have the form that is asked for",
            "errors names each place by a JSON pointer. Nothing was stored."),
    INVALID_PARAMETER(
            "invalid-parameter",
            400,
            "A parameter or a header has no usable value",
            "The detail names it and what it may be."),
    HEAD_TOO_LARGE(
            "head-too-large",
            431,
            "The request's address or its headers are too long",
            "Send an address of at most 8 KiB, and no more than 16 KiB of headers in all."),
    RECORD_TOO_LARGE(
            "record-too-large",
            413,
            "The record is larger than 64 KiB",
            "Send the large value to POST /api/v1/audit/objects, and put the reference that answers it into the record."),
    BODY_TOO_LARGE(
            "body-too-large",
            413,
            "The body is larger than this address takes",
            "Send less: at most 1 MiB, of a certification request 8 KiB. Records, batches and objects have addresses and"
                    + " limits of their own."),
    OBJECT_TOO_LARGE(
            "object-too-large",
            413,
            "The object is larger than this appliance takes",
            "Split it, or have the operator raise uploads.most-mib. Nothing was stored."),
    UNKNOWN_OBJECT(
            "unknown-object",
            409,
            "The record refers to an object that the appliance does not have",
            "errors names each reference by a JSON pointer. Send the object's bytes to POST /api/v1/audit/objects, then the"
                    + " record again under the same idempotency key."),
    BATCH_TOO_LARGE(
            "batch-too-large",
            413,
            "The batch has more lines or bytes than a batch may have",
            "Split it: at most 10,000 lines and 64 MiB; of a device, 4,096 lines, 1 MiB, and 8 MiB decoded. Lines that were"
                    + " answered before are stored, and repeating them is safe."),
    MALFORMED_BATCH(
            "malformed-batch",
            400,
            "The device batch does not have its one form",
            "The detail says where. Nothing of it was stored; docs/formats.md §6 gives every byte."),
    BATCH_SIGNATURE(
            "batch-signature",
            422,
            "The device batch is not what its device signed",
            "Sign it with a key that the device was enrolled with, and send the very lines whose digests are signed. Nothing"
                    + " of it was stored."),
    BATCH_CONFLICT(
            "batch-conflict",
            422,
            "Another batch stands where this one would",
            "A batch never changes once it was signed. A queue that was created anew, or set back, begins a new epoch. That"
                    + " this came is recorded."),
    BATCH_OUT_OF_ORDER(
            "batch-out-of-order",
            409,
            "Lines are missing before this batch",
            "Send the batch that begins with the sequence `expected`; if its lines are lost, begin this one with an"
                    + " agent.gap line that names them."),
    UNSUPPORTED_MEDIA_TYPE(
            "unsupported-media-type",
            415,
            "The content type is not understood here",
            "Send application/json for one record, application/x-ndjson for a batch, application/octet-stream for an"
                    + " object, application/vnd.strongroom.batch for a batch of a device, application/pkcs10 for its certification"
                    + " request."),
    UNSUPPORTED_ENCODING(
            "unsupported-encoding",
            415,
            "The content encoding is not understood",
            "Send gzip, zstd, or no encoding, and a body that decodes."),
    IDEMPOTENCY_REQUIRED(
            "idempotency-required",
            400,
            "The write carries no idempotency key",
            "Send the header Idempotency-Key; in a batch, source.sequence or idempotencyKey on each line."),
    IDEMPOTENCY_CONFLICT(
            "idempotency-conflict",
            409,
            "The idempotency key was used for another document",
            "A key belongs to one document. Send a changed document under a new key; the first one stands."),

    // --- Reading
    NOT_FOUND("not-found", 404, "There is nothing here", "Check the address and the id."),
    METHOD_NOT_ALLOWED(
            "method-not-allowed", 405, "The method does not fit this address", "The header Allow names those that do."),
    NOT_ACCEPTABLE(
            "not-acceptable", 406, "The answer cannot be given in the form asked for", "Accept application/json."),
    UNSUPPORTED_FILTER(
            "unsupported-filter",
            400,
            "The query filters or sorts by a field that cannot be filtered or sorted",
            "Use the fields that the detail lists."),
    FIELD_HIDDEN(
            "field-hidden",
            403,
            "The policy in force hides the field from this reader",
            "The detail names the field and the rule. Leave it out of filters, order and facets, or name a stream in which"
                    + " you see it; what holds of single records is in their answers."),
    INVALID_CURSOR(
            "invalid-cursor",
            400,
            "The cursor is changed, expired, or from another query",
            "Start the query again from its first page."),
    NOT_YET_PROVABLE(
            "not-yet-provable",
            409,
            "No checkpoint covers this record yet",
            "Ask again after Retry-After, or wait at /api/v1/ledger/checkpoint?minSize=."),

    // --- Evidence packs
    EXPORT_UNSUPPORTED_FORMAT(
            "export-unsupported-format", 400, "The pack format is not known", "Choose ndjson or parquet."),
    EXPORT_NOT_READY(
            "export-not-ready",
            409,
            "The pack is not ready",
            "Ask for its status, and for its content once it is ready."),
    EXPORT_EXPIRED(
            "export-expired",
            410,
            "The pack is gone",
            "A spooled pack is kept for 24 hours. Ask for the same selection again."),
    EXPORT_CONCURRENCY_EXCEEDED(
            "export-concurrency-exceeded",
            429,
            "Too many packs are being made",
            "Wait until one is ready, or cancel one."),
    EXPORT_TOO_LARGE(
            "export-too-large",
            422,
            "The pack would have more records than policy lets its reader take out at once",
            "Narrow the selection and ask for several packs; the detail names the rule of quotas.yaml."),
    RANGE_NOT_SATISFIABLE(
            "range-not-satisfiable",
            416,
            "The range lies outside the content",
            "The header Content-Range tells the length."),

    // --- How much at once
    RATE_LIMITED("rate-limited", 429, "Too many requests", "Wait for Retry-After; RateLimit tells what is left."),
    QUOTA_EXCEEDED(
            "quota-exceeded",
            429,
            "The caller has used up what policy gives it",
            "Wait for Retry-After, or propose another quota; the detail names the rule of quotas.yaml. A record is sent"
                    + " again under the same idempotency key: nothing of it was stored."),
    OVERLOADED(
            "overloaded",
            503,
            "The appliance has more waiting than it can take",
            "Send it again after Retry-After, under the same idempotency key. Nothing of it was stored."),

    // --- The appliance itself
    CLOCK_JUMP(
            "clock-jump",
            503,
            "The clock has jumped, and the ledger has stopped",
            "Set the clock right, or have an operator confirm it. What was acknowledged is safe."),
    LEDGER_UNAVAILABLE(
            "ledger-unavailable",
            503,
            "The ledger cannot be written now",
            "Send it again after Retry-After, under the same idempotency key. /health/ready tells why."),
    STORAGE_UNAVAILABLE(
            "storage-unavailable",
            503,
            "The database or the object store does not answer",
            "Try again after Retry-After. /health/ready tells which."),
    KEY_UNAVAILABLE(
            "key-unavailable",
            503,
            "A key that this needs is not available",
            "Reads stay closed until the key is back; ask the operator."),
    INTERNAL(
            "internal",
            500,
            "The appliance failed",
            "Repeat it under the same idempotency key; if it stays, give the requestId to the operator.");

    /** What every problem's {@code type} begins with. */
    public static final String TYPE_PREFIX = "/problems/";

    private static final Map<String, ProblemType> BY_CODE = new HashMap<>();

    static {
        for (ProblemType type : values()) {
            BY_CODE.put(type.code, type);
        }
    }

    private final String code;
    private final int status;
    private final String title;
    private final String action;

    ProblemType(String code, int status, String title, String action) {
        this.code = code;
        this.status = status;
        this.title = title;
        this.action = action;
    }

    /** The stable name, in lower case with hyphens. */
    public String code() {
        return code;
    }

    /** The RFC 9457 {@code type}: {@code /problems/<code>}, relative to the appliance. */
    public String type() {
        return TYPE_PREFIX + code;
    }

    /** The HTTP status it is answered with. */
    public int status() {
        return status;
    }

    /** One sentence, the same each time. */
    public String title() {
        return title;
    }

    /** What the caller can do about it. */
    public String action() {
        return action;
    }

    /**
     * Whether the same request can succeed later without anybody changing it, so that a client may repeat it once it is
     * sure that repeating does no harm.
     */
    public boolean passes() {
        return switch (this) {
            case RATE_LIMITED,
                    QUOTA_EXCEEDED,
                    OVERLOADED,
                    LEDGER_UNAVAILABLE,
                    STORAGE_UNAVAILABLE,
                    POLICY_UNAVAILABLE,
                    NOT_YET_PROVABLE,
                    EXPORT_CONCURRENCY_EXCEEDED,
                    INTERNAL -> true;
            default -> false;
        };
    }

    /** The problem of that code, if this version knows it. */
    public static Optional<ProblemType> ofCode(String code) {
        return Optional.ofNullable(BY_CODE.get(code));
    }
}
