-- Users, sessions and software of devices, made from what they tell. Times are epoch milliseconds.

-- Which user, by a keyed hash of the name, has which device; the newest record that names the user, and where it does.
CREATE TABLE telemetry_device_user (
    tenant_id  varchar(64) NOT NULL CHECK (tenant_id = '${tenant}'),
    user_key   varchar(200) NOT NULL,
    device_id  varchar(200) NOT NULL,
    refused    boolean NOT NULL,
    first_seen bigint NOT NULL,
    last_seen  bigint NOT NULL,
    named_seq  bigint NOT NULL,
    pointer    varchar(65536) NOT NULL,
    PRIMARY KEY (user_key, device_id)
);
CREATE INDEX telemetry_device_user_device ON telemetry_device_user (device_id);
CREATE INDEX telemetry_device_user_seen ON telemetry_device_user (last_seen);

-- Sessions of users on devices. evidence: by kind of sign, what marks the session there; context: what is known of it, each
-- with where it was told. Both JSON.
CREATE TABLE telemetry_session (
    tenant_id   varchar(64) NOT NULL CHECK (tenant_id = '${tenant}'),
    session_id  varchar(200) NOT NULL PRIMARY KEY,
    device_id   varchar(200) NOT NULL,
    user_key    varchar(200),
    named_seq   bigint NOT NULL,
    pointer     varchar(65536) NOT NULL,
    started_at  bigint NOT NULL,
    ended_at    bigint,
    last_at     bigint NOT NULL,
    recorded_at bigint NOT NULL,
    evidence    varchar(65536) NOT NULL,
    context     varchar(65536) NOT NULL
);
CREATE INDEX telemetry_session_device ON telemetry_session (device_id, named_seq);
CREATE INDEX telemetry_session_open ON telemetry_session (device_id, ended_at);
CREATE INDEX telemetry_session_recorded ON telemetry_session (recorded_at);

-- Packages by their URL; the id is the first half of its SHA-256.
CREATE TABLE telemetry_package (
    tenant_id  varchar(64) NOT NULL CHECK (tenant_id = '${tenant}'),
    package_id uuid NOT NULL PRIMARY KEY,
    purl       varchar(1000) NOT NULL,
    name       varchar(1000) NOT NULL,
    version    varchar(1000) NOT NULL
);
CREATE INDEX telemetry_package_name ON telemetry_package (name);

-- Which device has which package, and on which of its lists it stood last.
CREATE TABLE telemetry_software (
    tenant_id  varchar(64) NOT NULL CHECK (tenant_id = '${tenant}'),
    device_id  varchar(200) NOT NULL,
    package_id uuid NOT NULL,
    mark       bigint NOT NULL,
    status     varchar(200) NOT NULL,
    since_at   bigint NOT NULL,
    since_seq  bigint NOT NULL,
    PRIMARY KEY (device_id, package_id)
);
CREATE INDEX telemetry_software_package ON telemetry_software (package_id, device_id);

-- The list of software that each device told last, as far as it came.
CREATE TABLE telemetry_software_list (
    tenant_id   varchar(64) NOT NULL CHECK (tenant_id = '${tenant}'),
    device_id   varchar(200) NOT NULL PRIMARY KEY,
    mark        bigint NOT NULL,
    first_list  boolean NOT NULL,
    parts       integer NOT NULL,
    seen        varchar(1000) NOT NULL,
    expected    bigint NOT NULL,
    told        bigint NOT NULL,
    occurred_at bigint NOT NULL,
    seq         bigint NOT NULL
);

-- Packages that were added to devices and removed from them.
CREATE TABLE telemetry_software_change (
    tenant_id   varchar(64) NOT NULL CHECK (tenant_id = '${tenant}'),
    device_id   varchar(200) NOT NULL,
    seq         bigint NOT NULL,
    package_id  uuid NOT NULL,
    change      varchar(200) NOT NULL,
    occurred_at bigint NOT NULL,
    recorded_at bigint NOT NULL,
    PRIMARY KEY (device_id, seq, package_id, change)
);
CREATE INDEX telemetry_software_change_package ON telemetry_software_change (package_id);
CREATE INDEX telemetry_software_change_recorded ON telemetry_software_change (recorded_at);
