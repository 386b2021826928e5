-- As PostgreSQL's, without roles and row-level security.
CREATE TABLE policy_shadow (
    tenant_id   text    NOT NULL CHECK (tenant_id = '${tenant}'),
    id          varchar(26) PRIMARY KEY,
    proposal    varchar(200) NOT NULL,
    requester   varchar(128) NOT NULL,
    days        integer NOT NULL,
    rate        integer NOT NULL,
    base_bundle binary varying(32) NOT NULL CHECK (octet_length(base_bundle) = 32),
    base_commit varchar(40) NOT NULL,
    bundle      binary varying(32) NOT NULL CHECK (octet_length(bundle) = 32),
    git_commit  varchar(40) NOT NULL,
    started_at  bigint  NOT NULL,
    state       varchar(20) NOT NULL CHECK (state IN ('running', 'completed', 'failed', 'cancelled')),
    running     integer UNIQUE CHECK (running = 1),
    ended_at    bigint,
    done        bigint,
    total       bigint,
    reason      varchar(10000),
    report      binary varying(32) CHECK (octet_length(report) = 32),
    summary     varchar(10000)
);
CREATE INDEX policy_shadow_of ON policy_shadow (proposal, id);
