package io.strongroom.server.objects;

import io.minio.errors.ErrorResponseException;
import io.minio.errors.ServerException;
import java.io.IOException;

/** What a failed S3 call means for the caller. */
enum S3Failure {
    /** There is no such object. */
    ABSENT,
    /** The object is there already: the put was refused by its condition. */
    PRESENT,
    /** Another conditional put of the same name is under way. */
    CONTENDED,
    /** The offset is at or behind the object's end. */
    BEYOND_END,
    /** The server does not know conditional puts. */
    CONDITION_UNKNOWN,
    /** No answer, or one that says to come again: repeating may help. */
    PASSING,
    /** Anything else: repeating does not help. */
    FINAL;

    static S3Failure of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ErrorResponseException answered) {
                return ofAnswer(
                        answered.response() == null ? 0 : answered.response().code(),
                        String.valueOf(answered.errorResponse().code()));
            }
            if (cause instanceof ServerException server) {
                return ofAnswer(server.statusCode(), "");
            }
            if (cause instanceof IOException) {
                return PASSING;
            }
        }
        return FINAL;
    }

    private static S3Failure ofAnswer(int status, String code) {
        return switch (code) {
            case "NoSuchKey", "NoSuchObject", "NoSuchVersion" -> ABSENT;
            case "PreconditionFailed" -> PRESENT;
            case "ConditionalRequestConflict" -> CONTENDED;
            case "InvalidRange" -> BEYOND_END;
            case "NotImplemented" -> CONDITION_UNKNOWN;
            case "NoSuchBucket", "AccessDenied", "InvalidAccessKeyId", "SignatureDoesNotMatch" -> FINAL;
            case "SlowDown", "ServiceUnavailable", "InternalError", "RequestTimeout" -> PASSING;
            default ->
                switch (status) {
                    case 404 -> ABSENT;
                    case 412 -> PRESENT;
                    case 409 -> CONTENDED;
                    case 416 -> BEYOND_END;
                    case 501 -> CONDITION_UNKNOWN;
                    case 408, 429, 500, 502, 503, 504 -> PASSING;
                    default -> FINAL;
                };
        };
    }
}
