package io.strongroom.policies;

import java.util.OptionalLong;

/**
 * What a caller may use up; what is empty is not limited by policy.
 *
 * @param rule the rule that gives it; empty if none does
 * @param recordsPerSecond records taken in
 * @param bytesPerDay bytes of records taken in, a UTC day
 * @param requestsPerSecond requests of any kind
 * @param exportsAtOnce packs being made at the same time
 * @param recordsPerExport records in a pack
 */
public record Quota(
        String rule,
        OptionalLong recordsPerSecond,
        OptionalLong bytesPerDay,
        OptionalLong requestsPerSecond,
        OptionalLong exportsAtOnce,
        OptionalLong recordsPerExport) {

    /** No limits. */
    public static final Quota NONE = new Quota(
            "",
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty());
}
