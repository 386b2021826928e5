package io.strongroom.policies;

import java.util.Set;

/** What an access rule may allow. Exporting is for the export rules to say. */
public final class Operations {
    /** Reading records: queries, facets, single records. */
    public static final String READ_RECORDS = "records.read";

    /** Names of operations, each the object in the plural and what is done to it. */
    public static final Set<String> ALL = Set.of(
            READ_RECORDS,
            "ledger.read",
            "proofs.read",
            "exports.read",
            "quarantine.read",
            "quarantine.release",
            "policy.read",
            "policy.propose",
            "policy.review",
            "policy.approve",
            "policy.activate",
            "policy.shadow",
            "users.read",
            "users.manage",
            "tokens.manage",
            "keys.manage",
            "devices.read",
            "devices.manage",
            "commands.send",
            "holds.manage",
            "holds.approve",
            "erasures.request",
            "erasures.approve",
            "subjects.search",
            "incidents.read",
            "incidents.manage",
            "webhooks.manage",
            "projections.rebuild",
            "backups.run",
            "system.read",
            "system.manage",
            "breakglass.request",
            "breakglass.approve");

    private Operations() {}
}
