-- Devices: their authority, who is enrolled, their certificates. Times are epoch milliseconds.

-- Lets one change in after another, and numbers them: whoever holds devices in memory asks for what came since.
CREATE TABLE device_change (
    tenant_id text    NOT NULL CHECK (tenant_id = '${tenant}'),
    id        integer PRIMARY KEY CHECK (id = 1),
    version   bigint  NOT NULL
);
INSERT INTO device_change (tenant_id, id, version) VALUES ('${tenant}', 1, 0);

-- The authorities that were ever in use. A retired one has no key any more, and is trusted by nobody.
CREATE TABLE device_authority (
    tenant_id   text    NOT NULL CHECK (tenant_id = '${tenant}'),
    id          integer PRIMARY KEY CHECK (id > 0),
    certificate bytea   NOT NULL,
    generation  integer,
    wrapped     bytea,
    made_by     text    NOT NULL,
    made_at     bigint  NOT NULL,
    retired_at  bigint
);

CREATE TABLE device_group (
    tenant_id text    NOT NULL CHECK (tenant_id = '${tenant}'),
    name      text    PRIMARY KEY,
    approval  boolean NOT NULL,
    made_by   text    NOT NULL,
    made_at   bigint  NOT NULL
);
INSERT INTO device_group (tenant_id, name, approval, made_by, made_at) VALUES ('${tenant}', 'default', false, 'strongroom', 0);

CREATE TABLE device_token (
    tenant_id    text    NOT NULL CHECK (tenant_id = '${tenant}'),
    id           text    PRIMARY KEY,
    hash         bytea   NOT NULL,
    label        text    NOT NULL,
    group_name   text    NOT NULL,
    authority_id integer NOT NULL,
    made_by      text    NOT NULL,
    made_at      bigint  NOT NULL,
    expires_at   bigint  NOT NULL,
    used_at      bigint,
    device_id    text,
    revoked_at   bigint
);
CREATE INDEX device_token_made ON device_token (made_at);

CREATE TABLE device (
    tenant_id   text    NOT NULL CHECK (tenant_id = '${tenant}'),
    id          text    PRIMARY KEY,
    label       text    NOT NULL,
    group_name  text    NOT NULL,
    state       text    NOT NULL,
    because     text    NOT NULL,
    generation  integer NOT NULL CHECK (generation >= 0),
    request_key bytea   NOT NULL,
    made_at     bigint  NOT NULL,
    changed_at  bigint  NOT NULL,
    changed_by  text    NOT NULL,
    witness_key bytea,
    witness_at  bigint,
    version     bigint  NOT NULL
);
CREATE INDEX device_version ON device (version);
COMMENT ON COLUMN device.generation IS 'the newest that was used; 0 before the first';
COMMENT ON COLUMN device.request_key IS 'the key that it was enrolled with, as SubjectPublicKeyInfo';

CREATE TABLE device_certificate (
    tenant_id    text    NOT NULL CHECK (tenant_id = '${tenant}'),
    fingerprint  text    PRIMARY KEY,
    device_id    text    NOT NULL,
    generation   integer NOT NULL CHECK (generation > 0),
    authority_id integer NOT NULL,
    certificate  bytea   NOT NULL,
    issued_at    bigint  NOT NULL,
    ends_at      bigint  NOT NULL,
    renew_at     bigint  NOT NULL,
    used_at      bigint,
    dropped_at   bigint,
    version      bigint  NOT NULL
);
CREATE INDEX device_certificate_device ON device_certificate (device_id);
CREATE INDEX device_certificate_version ON device_certificate (version);
COMMENT ON COLUMN device_certificate.dropped_at IS 'when another of the same generation took its place, unused';

ALTER TABLE device_change ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON device_change
    USING (tenant_id = current_setting('app.tenant_id', true))
    WITH CHECK (tenant_id = current_setting('app.tenant_id', true));
GRANT SELECT, UPDATE ON device_change TO strongroom_app;

ALTER TABLE device_authority ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON device_authority
    USING (tenant_id = current_setting('app.tenant_id', true))
    WITH CHECK (tenant_id = current_setting('app.tenant_id', true));
GRANT SELECT, INSERT, UPDATE ON device_authority TO strongroom_app;

ALTER TABLE device_group ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON device_group
    USING (tenant_id = current_setting('app.tenant_id', true))
    WITH CHECK (tenant_id = current_setting('app.tenant_id', true));
GRANT SELECT, INSERT, UPDATE, DELETE ON device_group TO strongroom_app;

ALTER TABLE device_token ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON device_token
    USING (tenant_id = current_setting('app.tenant_id', true))
    WITH CHECK (tenant_id = current_setting('app.tenant_id', true));
GRANT SELECT, INSERT, UPDATE ON device_token TO strongroom_app;

ALTER TABLE device ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON device
    USING (tenant_id = current_setting('app.tenant_id', true))
    WITH CHECK (tenant_id = current_setting('app.tenant_id', true));
GRANT SELECT, INSERT, UPDATE ON device TO strongroom_app;

ALTER TABLE device_certificate ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON device_certificate
    USING (tenant_id = current_setting('app.tenant_id', true))
    WITH CHECK (tenant_id = current_setting('app.tenant_id', true));
GRANT SELECT, INSERT, UPDATE ON device_certificate TO strongroom_app;
