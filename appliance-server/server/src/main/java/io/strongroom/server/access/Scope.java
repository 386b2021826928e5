package io.strongroom.server.access;

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
    ADMIN
}
