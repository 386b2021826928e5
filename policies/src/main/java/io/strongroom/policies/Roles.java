package io.strongroom.policies;

import java.util.Set;

/** The roles that an appliance gives people. What each may do is for the bundle to say; it may speak of others, too. */
public final class Roles {
    public static final Set<String> ALL = Set.of(
            "Audit.Reader",
            "Audit.Investigator",
            "Audit.Admin",
            "Export.Operator",
            "Export.Admin",
            "Compliance.Reviewer",
            "Security.Admin",
            "SRE.Admin");

    private Roles() {}
}
