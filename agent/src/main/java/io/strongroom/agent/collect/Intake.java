package io.strongroom.agent.collect;

import io.strongroom.api.AuditRecord;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Where a collector puts what it has. */
public interface Intake {
    /**
     * Takes records, and how far the collector has come with them: both or neither.
     *
     * @param key whose position it is, unique in the stream
     * @throws IOException if there is no room, or no disk: nothing was taken
     */
    void take(List<AuditRecord.Builder> records, String key, String position) throws IOException;

    /** How far it had come. */
    Optional<String> position(String key);
}
