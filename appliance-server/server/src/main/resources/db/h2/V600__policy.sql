-- As PostgreSQL's, without roles and row-level security.
CREATE TABLE policy_backup (
    tenant_id text   NOT NULL CHECK (tenant_id = '${tenant}'),
    number    bigint PRIMARY KEY,
    heads     varchar(1000000) NOT NULL,
    stored_at bigint
);

CREATE TABLE policy_proposal (
    tenant_id  text   NOT NULL CHECK (tenant_id = '${tenant}'),
    name       varchar(200) PRIMARY KEY,
    author     varchar(128) NOT NULL,
    title      varchar(200) NOT NULL,
    git_commit varchar(40)  NOT NULL,
    bundle     binary varying(32) NOT NULL CHECK (octet_length(bundle) = 32),
    state      varchar(20) NOT NULL CHECK (state IN ('draft', 'open', 'withdrawn', 'activated')),
    created_at bigint NOT NULL,
    changed_at bigint NOT NULL
);

CREATE TABLE policy_approval (
    tenant_id   text   NOT NULL CHECK (tenant_id = '${tenant}'),
    digest      binary varying(32) PRIMARY KEY CHECK (octet_length(digest) = 32),
    nonce       varchar(64)  NOT NULL UNIQUE,
    proposal    varchar(200) NOT NULL,
    officer     varchar(128) NOT NULL,
    received_at bigint NOT NULL,
    withdrawn   boolean NOT NULL DEFAULT false,
    envelope    binary varying(16384) NOT NULL,
    officer_key binary varying(1024)  NOT NULL
);
CREATE INDEX policy_approval_of ON policy_approval (proposal);

CREATE TABLE policy_activation (
    tenant_id   text   NOT NULL CHECK (tenant_id = '${tenant}'),
    record_id   varchar(26) PRIMARY KEY,
    since       bigint NOT NULL,
    seq         bigint UNIQUE,
    bundle      binary varying(32) NOT NULL CHECK (octet_length(bundle) = 32),
    base_bundle binary varying(32) NOT NULL CHECK (octet_length(base_bundle) = 32),
    git_commit  varchar(40)  NOT NULL,
    proposal    varchar(200) NOT NULL,
    requester   varchar(128) NOT NULL,
    begun_at    bigint NOT NULL,
    approvals   varchar(10000) NOT NULL,
    archive     binary varying(16777216) NOT NULL
);
