-- Devices: their authority, who is enrolled, their certificates. Times are epoch milliseconds.

-- Lets one change in after another, and numbers them: whoever holds devices in memory asks for what came since.
CREATE TABLE device_change (
    tenant_id varchar(200) NOT NULL CHECK (tenant_id = '${tenant}'),
    id        integer PRIMARY KEY CHECK (id = 1),
    version   bigint  NOT NULL
);
INSERT INTO device_change (tenant_id, id, version) VALUES ('${tenant}', 1, 0);

-- The authorities that were ever in use. A retired one has no key any more, and is trusted by nobody.
CREATE TABLE device_authority (
    tenant_id   varchar(200) NOT NULL CHECK (tenant_id = '${tenant}'),
    id          integer PRIMARY KEY CHECK (id > 0),
    certificate varbinary(4096) NOT NULL,
    generation  integer,
    wrapped     varbinary(4096),
    made_by     varchar(200) NOT NULL,
    made_at     bigint  NOT NULL,
    retired_at  bigint
);

CREATE TABLE device_group (
    tenant_id varchar(200) NOT NULL CHECK (tenant_id = '${tenant}'),
    name      varchar(200) PRIMARY KEY,
    approval  boolean NOT NULL,
    made_by   varchar(200) NOT NULL,
    made_at   bigint  NOT NULL
);
INSERT INTO device_group (tenant_id, name, approval, made_by, made_at) VALUES ('${tenant}', 'default', false, 'strongroom', 0);

CREATE TABLE device_token (
    tenant_id    varchar(200) NOT NULL CHECK (tenant_id = '${tenant}'),
    id           varchar(200) PRIMARY KEY,
    hash         varbinary(4096) NOT NULL,
    label        varchar(200) NOT NULL,
    group_name   varchar(200) NOT NULL,
    authority_id integer NOT NULL,
    made_by      varchar(200) NOT NULL,
    made_at      bigint  NOT NULL,
    expires_at   bigint  NOT NULL,
    used_at      bigint,
    device_id    varchar(200),
    revoked_at   bigint
);
CREATE INDEX device_token_made ON device_token (made_at);

CREATE TABLE device (
    tenant_id   varchar(200) NOT NULL CHECK (tenant_id = '${tenant}'),
    id          varchar(200) PRIMARY KEY,
    label       varchar(200) NOT NULL,
    group_name  varchar(200) NOT NULL,
    state       varchar(200) NOT NULL,
    because     varchar(200) NOT NULL,
    generation  integer NOT NULL CHECK (generation >= 0),
    request_key varbinary(4096) NOT NULL,
    made_at     bigint  NOT NULL,
    changed_at  bigint  NOT NULL,
    changed_by  varchar(200) NOT NULL,
    witness_key varbinary(4096),
    witness_at  bigint,
    version     bigint  NOT NULL
);
CREATE INDEX device_version ON device (version);

CREATE TABLE device_certificate (
    tenant_id    varchar(200) NOT NULL CHECK (tenant_id = '${tenant}'),
    fingerprint  varchar(200) PRIMARY KEY,
    device_id    varchar(200) NOT NULL,
    generation   integer NOT NULL CHECK (generation > 0),
    authority_id integer NOT NULL,
    certificate  varbinary(4096) NOT NULL,
    issued_at    bigint  NOT NULL,
    ends_at      bigint  NOT NULL,
    renew_at     bigint  NOT NULL,
    used_at      bigint,
    dropped_at   bigint,
    version      bigint  NOT NULL
);
CREATE INDEX device_certificate_device ON device_certificate (device_id);
CREATE INDEX device_certificate_version ON device_certificate (version);
