package io.strongroom.server.access;

import java.util.Set;

/**
 * Who makes a request, as the gateway found out.
 *
 * @param id the token's public id, which may stand in records and logs
 * @param name the name that an administrator gave it
 * @param tenantId the installation's tenant as configured
 * @param scopes what it may do
 * @param sources the source ids that it may write for; meaningful with {@link Scope#INGEST} only
 */
public record Caller(String id, String name, String tenantId, Set<Scope> scopes, Set<String> sources) {
    public Caller {
        scopes = Set.copyOf(scopes);
        sources = Set.copyOf(sources);
    }

    /** Whether the caller may do what {@code scope} names. */
    public boolean may(Scope scope) {
        return scopes.contains(scope);
    }
}
