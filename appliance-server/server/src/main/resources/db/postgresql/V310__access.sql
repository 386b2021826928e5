CREATE TABLE access_token (
    tenant_id  text   NOT NULL CHECK (tenant_id = '${tenant}'),
    id         text   PRIMARY KEY,
    hash       bytea  NOT NULL,
    name       text   NOT NULL,
    scopes     text   NOT NULL,
    sources    text   NOT NULL,
    made_by    text   NOT NULL,
    made_at    bigint NOT NULL,
    expires_at bigint NOT NULL,
    revoked_at bigint
);
ALTER TABLE access_token ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON access_token
    USING (tenant_id = current_setting('app.tenant_id', true))
    WITH CHECK (tenant_id = current_setting('app.tenant_id', true));
GRANT SELECT, INSERT, UPDATE ON access_token TO strongroom_app;

CREATE TABLE access_setup (
    tenant_id  text    PRIMARY KEY CHECK (tenant_id = '${tenant}'),
    hash       bytea   NOT NULL,
    expires_at bigint  NOT NULL,
    tries_left integer NOT NULL,
    used_at    bigint
);
ALTER TABLE access_setup ALTER COLUMN tenant_id SET NOT NULL;
ALTER TABLE access_setup ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON access_setup
    USING (tenant_id = current_setting('app.tenant_id', true))
    WITH CHECK (tenant_id = current_setting('app.tenant_id', true));
GRANT SELECT, INSERT, UPDATE ON access_setup TO strongroom_app;

-- Documents that were not appended, kept until an officer has looked at them.
CREATE TABLE quarantine (
    tenant_id   text   NOT NULL CHECK (tenant_id = '${tenant}'),
    id          text   PRIMARY KEY,
    received_at bigint NOT NULL,
    caller      text   NOT NULL,
    reason      text   NOT NULL,
    request_id  text   NOT NULL,
    document    bytea  NOT NULL
);
ALTER TABLE quarantine ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON quarantine
    USING (tenant_id = current_setting('app.tenant_id', true))
    WITH CHECK (tenant_id = current_setting('app.tenant_id', true));
GRANT SELECT, INSERT ON quarantine TO strongroom_app;
