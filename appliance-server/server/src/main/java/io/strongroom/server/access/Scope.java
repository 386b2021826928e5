package io.strongroom.server.access;

import io.strongroom.api.Role;
import java.util.Optional;

/** What a token allows. {@link #ADMIN} does not imply the others. */
public enum Scope {
    /** Send records for the sources that the token names. */
    INGEST,
    /** Query records, read entries and proofs. */
    READ,
    /** Make and download evidence packs. */
    EXPORT,
    /** Propose changes of the policy: push to its repository, open proposals. */
    POLICY,
    /** Make and revoke tokens, rotate keys, rebuild read models. */
    ADMIN;

    /** The least role that what a token of this scope does would need; empty where no role is about it. */
    Optional<Role> leastRole() {
        return switch (this) {
            case READ -> Optional.of(Role.AUDIT_READER);
            case EXPORT -> Optional.of(Role.EXPORT_OPERATOR);
            case INGEST, POLICY, ADMIN -> Optional.empty();
        };
    }
}
