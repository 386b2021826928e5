-- Shadow evaluations of proposals. The report is in the object store; a row that still runs at a start has failed.
CREATE TABLE policy_shadow (
    tenant_id   text    NOT NULL CHECK (tenant_id = '${tenant}'),
    id          text    PRIMARY KEY,
    proposal    text    NOT NULL,
    requester   text    NOT NULL,
    days        integer NOT NULL,
    rate        integer NOT NULL,
    base_bundle bytea   NOT NULL CHECK (octet_length(base_bundle) = 32),
    base_commit text    NOT NULL,
    bundle      bytea   NOT NULL CHECK (octet_length(bundle) = 32),
    git_commit  text    NOT NULL,
    started_at  bigint  NOT NULL,
    state       text    NOT NULL CHECK (state IN ('running', 'completed', 'failed', 'cancelled')),
    running     integer UNIQUE CHECK (running = 1),
    ended_at    bigint,
    done        bigint,
    total       bigint,
    reason      text,
    report      bytea   CHECK (octet_length(report) = 32),
    summary     text
);
COMMENT ON COLUMN policy_shadow.rate IS 'entries a second; 0 is full speed';
COMMENT ON COLUMN policy_shadow.running IS '1 while it runs, then null: so one runs at a time';
COMMENT ON COLUMN policy_shadow.report IS 'SHA-256 of the report';
CREATE INDEX policy_shadow_of ON policy_shadow (proposal, id);
ALTER TABLE policy_shadow ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON policy_shadow
    USING (tenant_id = current_setting('app.tenant_id', true))
    WITH CHECK (tenant_id = current_setting('app.tenant_id', true));
GRANT SELECT, INSERT, UPDATE ON policy_shadow TO strongroom_app;
