-- What is wrong with devices, and what officers decided about it. Made from the ledger, and made again if it is lost. Times
-- are epoch milliseconds.
CREATE TABLE incident (
    id              text   PRIMARY KEY,
    tenant_id       text    NOT NULL CHECK (tenant_id = '${tenant}'),
    device          text    NOT NULL,
    rule            text    NOT NULL,
    subject         text    NOT NULL,
    severity        text    NOT NULL,
    state           text    NOT NULL,
    detail          text    NOT NULL,
    first_seq       bigint NOT NULL,
    first_at        bigint NOT NULL,
    last_seq        bigint NOT NULL,
    last_at         bigint NOT NULL,
    sightings       bigint NOT NULL CHECK (sightings > 0),
    records         text    NOT NULL,
    recorded_seq    bigint,
    cleared_seq     bigint,
    cleared_at      bigint,
    acknowledged_by text,
    acknowledged_at bigint,
    closed_by       text,
    closed_at       bigint,
    closed_because  text 
);
CREATE INDEX incident_device ON incident (device, rule);
CREATE INDEX incident_state ON incident (state, severity);
CREATE INDEX incident_recorded ON incident (recorded_seq);
CREATE INDEX incident_closed ON incident (closed_at);

-- What the rules remember of each device: lists of numbers.
CREATE TABLE incident_memory (
    tenant_id text  NOT NULL CHECK (tenant_id = '${tenant}'),
    device    text  NOT NULL,
    slot      text  NOT NULL,
    numbers   text  NOT NULL,
    PRIMARY KEY (device, slot)
);

-- When each device was heard of, by the ledger's clock.
CREATE TABLE incident_heard (
    tenant_id text    NOT NULL CHECK (tenant_id = '${tenant}'),
    device    text    PRIMARY KEY,
    heard_at  bigint NOT NULL,
    heard_seq bigint NOT NULL
);
CREATE INDEX incident_heard_at ON incident_heard (heard_at);

-- Whatever was found in entries below seq is in the ledger. Outlives a rebuild. One row.
CREATE TABLE incident_horizon (
    tenant_id text    PRIMARY KEY CHECK (tenant_id = '${tenant}'),
    seq       bigint NOT NULL
);
INSERT INTO incident_horizon (tenant_id, seq) VALUES ('${tenant}', 0);

ALTER TABLE incident ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON incident
    USING (tenant_id = current_setting('app.tenant_id', true))
    WITH CHECK (tenant_id = current_setting('app.tenant_id', true));
GRANT SELECT ON incident TO strongroom_app;

ALTER TABLE incident_memory ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON incident_memory
    USING (tenant_id = current_setting('app.tenant_id', true))
    WITH CHECK (tenant_id = current_setting('app.tenant_id', true));
GRANT SELECT ON incident_memory TO strongroom_app;

ALTER TABLE incident_heard ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON incident_heard
    USING (tenant_id = current_setting('app.tenant_id', true))
    WITH CHECK (tenant_id = current_setting('app.tenant_id', true));
GRANT SELECT ON incident_heard TO strongroom_app;

ALTER TABLE incident_horizon ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON incident_horizon
    USING (tenant_id = current_setting('app.tenant_id', true))
    WITH CHECK (tenant_id = current_setting('app.tenant_id', true));
GRANT SELECT ON incident_horizon TO strongroom_app;
