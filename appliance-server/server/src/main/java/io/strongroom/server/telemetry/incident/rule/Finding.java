package io.strongroom.server.telemetry.incident.rule;

import java.util.Map;

/** What a rule makes of an observation. */
public sealed interface Finding {
    /** The rule's name, e.g. {@code disk-filling}. */
    String rule();

    /** What of the device it is about, e.g. a mount point; empty for all of it. */
    String subject();

    /**
     * Something is wrong, or still is.
     *
     * @param detail numbers, truth values and the rule's own words; never a text of the device's, which may be personal
     */
    record Raised(String rule, String subject, Severity severity, Map<String, Object> detail) implements Finding {
        public Raised {
            detail = Map.copyOf(detail);
        }
    }

    /** What was wrong is not any more. */
    record Cleared(String rule, String subject) implements Finding {}
}
