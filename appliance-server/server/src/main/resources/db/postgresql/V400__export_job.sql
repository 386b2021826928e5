-- Evidence packs that were asked for. The pack itself lies in the spool, under a key that is wrapped here.
CREATE TABLE export_job (
    id text NOT NULL PRIMARY KEY,
    tenant_id text NOT NULL CHECK (tenant_id = '${tenant}'),
    caller_id text NOT NULL,
    caller_name text NOT NULL,
    request text NOT NULL,
    state text NOT NULL CHECK (state IN ('queued', 'running', 'ready', 'failed', 'cancelled', 'expired')),
    created_at bigint NOT NULL,
    -- What the pack is made of, fixed when it is first made: the same again gives the same pack.
    frozen text,
    done bigint NOT NULL DEFAULT 0,
    total bigint NOT NULL DEFAULT 0,
    -- All six or none.
    spool text,
    key_generation integer,
    wrapped_key bytea,
    size bigint,
    sha256 text,
    expires_at bigint,
    problem text
);
CREATE INDEX export_job_state ON export_job (state, created_at);
ALTER TABLE export_job ENABLE ROW LEVEL SECURITY;
CREATE POLICY export_job_tenant ON export_job
    USING (tenant_id = current_setting('app.tenant_id', true))
    WITH CHECK (tenant_id = current_setting('app.tenant_id', true));
GRANT SELECT, INSERT, UPDATE ON export_job TO strongroom_app;
