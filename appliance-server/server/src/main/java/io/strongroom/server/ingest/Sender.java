package io.strongroom.server.ingest;

import io.strongroom.evidence.TenantId;
import io.strongroom.server.access.Caller;

/**
 * On whose behalf documents are taken in.
 *
 * @param tenant the installation's tenant
 * @param named which tenant the request itself named, if any
 * @param caller whose token it is; its sources are those that it may write for
 * @param requestId the request's id, for the guard's records
 * @param route the route's template, for the guard's records
 */
public record Sender(TenantId tenant, Named named, Caller caller, String requestId, String route) {

    /** What the request says about its tenant, beside what its documents say. */
    public enum Named {
        /** Nothing: each document must name it. */
        NOTHING,
        /** The installation's. */
        OURS,
        /** Another: whatever the documents say, they go to quarantine. */
        ANOTHER
    }
}
