-- Copies of the policy's repository in the object store. A row without its time is of a copy that was cut off.
CREATE TABLE policy_backup (
    tenant_id text   NOT NULL CHECK (tenant_id = '${tenant}'),
    number    bigint PRIMARY KEY,
    heads     text   NOT NULL,
    stored_at bigint
);
COMMENT ON COLUMN policy_backup.heads IS 'a line for each branch: commit, space, name';
ALTER TABLE policy_backup ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON policy_backup
    USING (tenant_id = current_setting('app.tenant_id', true))
    WITH CHECK (tenant_id = current_setting('app.tenant_id', true));
GRANT SELECT, INSERT, UPDATE, DELETE ON policy_backup TO strongroom_app;

-- Branches that people pushed. A name is never used again: approvals name it.
CREATE TABLE policy_proposal (
    tenant_id  text   NOT NULL CHECK (tenant_id = '${tenant}'),
    name       text   PRIMARY KEY,
    author     text   NOT NULL,
    title      text   NOT NULL,
    git_commit text   NOT NULL,
    bundle     bytea  NOT NULL CHECK (octet_length(bundle) = 32),
    state      text   NOT NULL CHECK (state IN ('draft', 'open', 'withdrawn', 'activated')),
    created_at bigint NOT NULL,
    changed_at bigint NOT NULL
);
ALTER TABLE policy_proposal ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON policy_proposal
    USING (tenant_id = current_setting('app.tenant_id', true))
    WITH CHECK (tenant_id = current_setting('app.tenant_id', true));
GRANT SELECT, INSERT, UPDATE ON policy_proposal TO strongroom_app;

-- Approvals and rejections that were taken, with the keys that they were signed with (formats §8).
CREATE TABLE policy_approval (
    tenant_id   text   NOT NULL CHECK (tenant_id = '${tenant}'),
    digest      bytea  PRIMARY KEY CHECK (octet_length(digest) = 32),
    nonce       text   NOT NULL UNIQUE,
    proposal    text   NOT NULL,
    officer     text   NOT NULL,
    received_at bigint NOT NULL,
    withdrawn   boolean NOT NULL DEFAULT false,
    envelope    bytea  NOT NULL,
    officer_key bytea  NOT NULL
);
CREATE INDEX policy_approval_of ON policy_approval (proposal);
ALTER TABLE policy_approval ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON policy_approval
    USING (tenant_id = current_setting('app.tenant_id', true))
    WITH CHECK (tenant_id = current_setting('app.tenant_id', true));
GRANT SELECT, INSERT, UPDATE ON policy_approval TO strongroom_app;

-- Bundles that came into force, written before the ledger is told. The ledger decides: a row without seq is of an
-- activation that was begun, and counts once its record is found there.
CREATE TABLE policy_activation (
    tenant_id   text   NOT NULL CHECK (tenant_id = '${tenant}'),
    record_id   text   PRIMARY KEY,
    since       bigint NOT NULL,
    seq         bigint UNIQUE,
    bundle      bytea  NOT NULL CHECK (octet_length(bundle) = 32),
    base_bundle bytea  NOT NULL CHECK (octet_length(base_bundle) = 32),
    git_commit  text   NOT NULL,
    proposal    text   NOT NULL,
    requester   text   NOT NULL,
    begun_at    bigint NOT NULL,
    approvals   text   NOT NULL,
    archive     bytea  NOT NULL
);
COMMENT ON COLUMN policy_activation.since IS 'the size of the ledger before the record was handed to it';
COMMENT ON COLUMN policy_activation.approvals IS 'digests of the approvals that counted, hex, a space between';
COMMENT ON COLUMN policy_activation.archive IS 'the bundle as it is given out: tar.gz';
ALTER TABLE policy_activation ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON policy_activation
    USING (tenant_id = current_setting('app.tenant_id', true))
    WITH CHECK (tenant_id = current_setting('app.tenant_id', true));
GRANT SELECT, INSERT, UPDATE, DELETE ON policy_activation TO strongroom_app;
