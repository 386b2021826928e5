package io.strongroom.policies;

import io.strongroom.evidence.field.JsonPointer;
import io.strongroom.evidence.json.JsonSlice;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The rules in force, compiled. A decision is a function of what was asked, the time that was given with it and the
 * bundle, so that it can be repeated years later. For any number of threads.
 */
public interface Policy {

    /** The bundle whose rules these are. */
    PolicyBundle bundle();

    /** The bundle's files by path, whose digests make the bundle digest (formats §8); packs carry them. */
    SortedMap<String, byte[]> files();

    /**
     * Decides about a record before it is stored.
     *
     * @param stream the record's stream
     * @param record the canonical bytes of the document as received
     */
    PolicyDecision decide(String stream, byte[] record);

    /**
     * Whether somebody may do something.
     *
     * @param stream the stream that it is about; empty where it is about none
     */
    AccessDecision access(AccessRequest request, Optional<String> stream);

    /** Whether somebody may take records of a stream out. */
    AccessDecision export(ExportRequest request, String stream);

    /**
     * What somebody may read of a record. The operation is {@link Operations#READ_RECORDS}, whatever the request says.
     *
     * @param record canonical bytes of the record with all its disclosures put back, received or stored
     */
    ViewDecision read(AccessRequest request, String stream, byte[] record);

    /**
     * Whether somebody may read every record as it is, whatever its fields. Where that cannot be said without the
     * record, it is not so.
     *
     * @param stream of which stream; empty for all
     */
    default boolean showsEverything(AccessRequest request, Optional<String> stream) {
        return false;
    }

    /** Whether somebody may take out every record of a stream as it is, likewise. */
    default boolean showsEverything(ExportRequest request, String stream) {
        return false;
    }

    /**
     * What of a record somebody may take out.
     *
     * @param record as in {@link #read}
     */
    ViewDecision export(ExportRequest request, String stream, byte[] record);

    /**
     * Whether somebody may look records up by a value of a field, whatever records there are.
     *
     * @param stream in which stream; empty for all
     * @param value canonical JSON
     * @throws io.strongroom.evidence.json.JsonException if no record can have a field so deep inside
     */
    SearchDecision search(AccessRequest request, Optional<String> stream, JsonPointer field, JsonSlice value);

    /** Whether somebody may select the records that they take out by it, likewise. */
    SearchDecision search(ExportRequest request, Optional<String> stream, JsonPointer field, JsonSlice value);

    /** How long records of a stream are kept. */
    RetentionClass retention(String stream);

    /**
     * How long records of a class are kept whose stream is not asked for any more.
     *
     * @return empty if this bundle does not know the class
     */
    Optional<RetentionClass> retentionClass(String name);

    /**
     * Whether records of a stream may stand in a region, or be sent there.
     *
     * @param region empty if it is not known, which no rule allows
     */
    ResidencyDecision residency(String stream, String region);

    /**
     * What a caller may use up.
     *
     * @param source the source that it writes for; empty where it does not write
     */
    Quota quota(Caller caller, String source);

    /** What the agents of a group's devices are to collect. */
    AgentSettings agentSettings(String group);
}
