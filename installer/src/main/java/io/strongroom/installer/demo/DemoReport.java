package io.strongroom.installer.demo;

import io.strongroom.api.json.Json;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What came of a demo, filled in as it goes, so that a failure still shows how far it came. */
final class DemoReport {
    long records;
    long acknowledged;
    long checkpointSize;

    @Nullable
    Path pack;

    @Nullable
    Path trust;

    /** Of the last record. */
    long highestSeq = -1;

    boolean verified;
    boolean tamperDetected;
    double seconds;

    @Nullable
    String problem;

    /** Whether everything held. */
    boolean held() {
        return problem == null
                && records > 0
                && acknowledged == records
                && checkpointSize >= records
                && verified
                && tamperDetected;
    }

    /** The last line of {@code demo --json}. */
    Json.Obj toJson() {
        return Json.object()
                .put("records", records)
                .put("acknowledged", acknowledged)
                .put("checkpointSize", checkpointSize)
                .put("pack", pack == null ? null : pack.toString())
                .put("trust", trust == null ? null : trust.toString())
                .put("verified", verified)
                .put("tamperDetected", tamperDetected)
                .put("seconds", new Json.Num(Double.toString(Math.round(seconds * 10) / 10.0)))
                .put("problem", problem)
                .build();
    }
}
