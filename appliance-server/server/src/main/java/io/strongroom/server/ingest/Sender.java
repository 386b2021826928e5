package io.strongroom.server.ingest;

import io.strongroom.evidence.TenantId;
import java.util.Set;

/**
 * On whose behalf documents are taken in.
 *
 * @param tenant the installation's tenant
 * @param tenantNamed whether the request itself named it, so that a document need not
 * @param sources the source ids that the sender may write for
 */
record Sender(TenantId tenant, boolean tenantNamed, Set<String> sources) {
    Sender {
        sources = Set.copyOf(sources);
    }
}
