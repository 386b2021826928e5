package io.strongroom.api;

import static java.util.Objects.requireNonNull;

import io.strongroom.api.json.Json;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A problem as the API answers with it (RFC 9457, {@code application/problem+json}).
 *
 * @param code the stable code; usually one of {@link ProblemType}, but a newer server may know more
 * @param title one sentence, the same each time
 * @param status the HTTP status
 * @param detail what happened this time, without personal data
 * @param requestId the request's id, to be given to the operator; null where there was no request of its own
 * @param errors the places in the document that are wrong
 * @param action what the caller can do about it
 * @param extensions any further members, such as {@code evidenceRef}
 */
public record Problem(
        String code,
        String title,
        int status,
        String detail,
        @Nullable String requestId,
        List<FieldError> errors,
        String action,
        Json.Obj extensions) {
    /** The content type of a problem. */
    public static final String MEDIA_TYPE = "application/problem+json";

    public Problem {
        requireNonNull(code, "code is null");
        requireNonNull(title, "title is null");
        requireNonNull(detail, "detail is null");
        requireNonNull(action, "action is null");
        requireNonNull(extensions, "extensions is null");
        errors = List.copyOf(errors);
    }

    /** A problem of that type. */
    public static Problem of(ProblemType type, String detail) {
        return new Problem(
                type.code(), type.title(), type.status(), detail, null, List.of(), type.action(), Json.Obj.EMPTY);
    }

    /** The same problem with the places that are wrong. */
    public Problem withErrors(List<FieldError> places) {
        return new Problem(code, title, status, detail, requestId, places, action, extensions);
    }

    /** The same problem with the id of the request that met it. */
    public Problem withRequestId(@Nullable String id) {
        return new Problem(code, title, status, detail, id, errors, action, extensions);
    }

    /** The same problem with a further member. */
    public Problem with(String name, String value) {
        Json.Obj more = Json.object().putAll(extensions).put(name, value).build();
        return new Problem(code, title, status, detail, requestId, errors, action, more);
    }

    /** The same problem with a further member. */
    public Problem with(String name, long value) {
        Json.Obj more = Json.object().putAll(extensions).put(name, value).build();
        return new Problem(code, title, status, detail, requestId, errors, action, more);
    }

    /** The type, if this version knows the code. */
    public Optional<ProblemType> type() {
        return ProblemType.ofCode(code);
    }

    public Json.Obj toJson() {
        Json.Builder json = Json.object()
                .put("type", ProblemType.TYPE_PREFIX + code)
                .put("title", title)
                .put("status", status)
                .put("code", code)
                .put("detail", detail)
                .put("requestId", requestId);
        if (!errors.isEmpty()) {
            json.put(
                    "errors",
                    new Json.Arr(errors.stream().<Json>map(FieldError::toJson).toList()));
        }
        return json.put("action", action).putAll(extensions).build();
    }

    /** Reads a problem; one that leaves members out is filled in from what its code is known to mean. */
    public static Problem fromJson(Json.Obj json) {
        String code = json.text("code");
        Optional<ProblemType> type = ProblemType.ofCode(code);
        String title = json.optionalText("title");
        String detail = json.optionalText("detail");
        String action = json.optionalText("action");
        return new Problem(
                code,
                title != null ? title : type.map(ProblemType::title).orElse(code),
                (int) json.optionalInteger("status")
                        .orElse(type.map(ProblemType::status).orElse(500)),
                detail != null ? detail : "",
                json.optionalText("requestId"),
                json.objects("errors", FieldError::fromJson),
                action != null ? action : type.map(ProblemType::action).orElse(""),
                json.without("type", "title", "status", "code", "detail", "requestId", "errors", "action"));
    }
}
