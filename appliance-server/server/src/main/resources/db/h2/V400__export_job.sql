-- Evidence packs that were asked for. The pack itself lies in the spool, under a key that is wrapped here.
CREATE TABLE export_job (
    id varchar(64) NOT NULL PRIMARY KEY,
    tenant_id varchar(64) NOT NULL CHECK (tenant_id = '${tenant}'),
    caller_id varchar NOT NULL,
    caller_name varchar NOT NULL,
    request varchar NOT NULL,
    state varchar(16) NOT NULL CHECK (state IN ('queued', 'running', 'ready', 'failed', 'cancelled', 'expired')),
    created_at bigint NOT NULL,
    -- What the pack is made of, fixed when it is first made: the same again gives the same pack.
    frozen varchar,
    done bigint DEFAULT 0 NOT NULL,
    total bigint DEFAULT 0 NOT NULL,
    -- All six or none.
    spool varchar(128),
    key_generation integer,
    wrapped_key varbinary(256),
    size bigint,
    sha256 varchar(80),
    expires_at bigint,
    problem varchar
);
CREATE INDEX export_job_state ON export_job (state, created_at);
