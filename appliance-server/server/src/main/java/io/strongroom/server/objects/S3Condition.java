package io.strongroom.server.objects;

import io.minio.Http;
import io.strongroom.server.objects.S3Calls.Answer;

/** "Only where nothing stands under the name yet", for the servers that know how to promise it. */
final class S3Condition implements S3Calls.Reading<Boolean> {
    /** False once the server has said that it does not know conditional puts. */
    private volatile boolean known = true;

    /** What to send with a put. */
    Http.Headers headers() {
        return known ? new Http.Headers("If-None-Match", "*") : new Http.Headers();
    }

    /** False if the name is taken; another try if the server was busy with that name or does not know conditions. */
    @Override
    public Answer<Boolean> of(S3Failure failure) {
        return switch (failure) {
            case PRESENT -> Answer.of(false);
            case CONTENDED -> Answer.again();
            case CONDITION_UNKNOWN -> {
                boolean first = known;
                known = false;
                yield first ? Answer.again() : Answer.none();
            }
            default -> Answer.none();
        };
    }
}
