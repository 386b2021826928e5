-- What devices tell, as read models: made from the ledger, and made again from it. Times are epoch milliseconds.

-- How far they have followed the ledger: what every entry below next_seq tells is in them. One row.
CREATE TABLE telemetry_state (
    tenant_id     text    NOT NULL PRIMARY KEY CHECK (tenant_id = '${tenant}'),
    next_seq      bigint  NOT NULL CHECK (next_seq >= 0),
    generation    bigint  NOT NULL,
    rebuild_until bigint  NOT NULL,
    unreadable    bigint  NOT NULL,
    views         text    NOT NULL
) WITH (fillfactor = 20);
INSERT INTO telemetry_state VALUES ('${tenant}', 0, 1, 0, 0, '');

-- The newest records of devices of which nothing could be made.
CREATE TABLE telemetry_unreadable (
    tenant_id text   NOT NULL CHECK (tenant_id = '${tenant}'),
    seq       bigint NOT NULL PRIMARY KEY,
    reason    text   NOT NULL
);

-- When each device was heard of.
CREATE TABLE telemetry_device (
    tenant_id  text    NOT NULL CHECK (tenant_id = '${tenant}'),
    device_id  text    NOT NULL PRIMARY KEY,
    first_seen bigint  NOT NULL,
    last_seen  bigint  NOT NULL,
    last_seq   bigint  NOT NULL,
    signed     boolean NOT NULL,
    policy     text    NOT NULL
) WITH (fillfactor = 50);

-- The newest of what each device told of itself, and where it told it.
CREATE TABLE telemetry_fact (
    tenant_id text   NOT NULL CHECK (tenant_id = '${tenant}'),
    device_id text   NOT NULL,
    name      text   NOT NULL,
    fact      text   NOT NULL,
    stream    text   NOT NULL,
    pointer   text   NOT NULL,
    seq       bigint NOT NULL,
    told_at   bigint NOT NULL,
    CONSTRAINT telemetry_fact_key PRIMARY KEY (device_id, name)
) WITH (fillfactor = 50);

ALTER TABLE telemetry_state ENABLE ROW LEVEL SECURITY;
ALTER TABLE telemetry_unreadable ENABLE ROW LEVEL SECURITY;
ALTER TABLE telemetry_device ENABLE ROW LEVEL SECURITY;
ALTER TABLE telemetry_fact ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON telemetry_state USING (tenant_id = current_setting('app.tenant_id', true));
CREATE POLICY tenant ON telemetry_unreadable USING (tenant_id = current_setting('app.tenant_id', true));
CREATE POLICY tenant ON telemetry_device USING (tenant_id = current_setting('app.tenant_id', true));
CREATE POLICY tenant ON telemetry_fact USING (tenant_id = current_setting('app.tenant_id', true));
GRANT SELECT ON telemetry_state, telemetry_unreadable, telemetry_device, telemetry_fact TO strongroom_app;
