-- As PostgreSQL's, without roles and row-level security.
-- What is wrong with devices, and what officers decided about it. Made from the ledger, and made again if it is lost. Times
-- are epoch milliseconds.
CREATE TABLE incident (
    id              varchar(64) PRIMARY KEY,
    tenant_id       varchar(64)   NOT NULL CHECK (tenant_id = '${tenant}'),
    device          varchar(64)   NOT NULL,
    rule            varchar(64)   NOT NULL,
    subject         text   NOT NULL,
    severity        varchar(64)   NOT NULL,
    state           varchar(64)   NOT NULL,
    detail          text   NOT NULL,
    first_seq       bigint NOT NULL,
    first_at        bigint NOT NULL,
    last_seq        bigint NOT NULL,
    last_at         bigint NOT NULL,
    sightings       bigint NOT NULL CHECK (sightings > 0),
    records         text   NOT NULL,
    recorded_seq    bigint,
    cleared_seq     bigint,
    cleared_at      bigint,
    acknowledged_by varchar(200),
    acknowledged_at bigint,
    closed_by       varchar(200),
    closed_at       bigint,
    closed_because  varchar(64)
);
CREATE INDEX incident_device ON incident (device, rule);
CREATE INDEX incident_state ON incident (state, severity);
CREATE INDEX incident_recorded ON incident (recorded_seq);
CREATE INDEX incident_closed ON incident (closed_at);

-- What the rules remember of each device: lists of numbers.
CREATE TABLE incident_memory (
    tenant_id varchar(64) NOT NULL CHECK (tenant_id = '${tenant}'),
    device    varchar(64) NOT NULL,
    slot      varchar(300) NOT NULL,
    numbers   text NOT NULL,
    PRIMARY KEY (device, slot)
);

-- When each device was heard of, by the ledger's clock.
CREATE TABLE incident_heard (
    tenant_id varchar(64)   NOT NULL CHECK (tenant_id = '${tenant}'),
    device    varchar(64)   PRIMARY KEY,
    heard_at  bigint NOT NULL,
    heard_seq bigint NOT NULL
);
CREATE INDEX incident_heard_at ON incident_heard (heard_at);

-- Whatever was found in entries below seq is in the ledger. Outlives a rebuild. One row.
CREATE TABLE incident_horizon (
    tenant_id varchar(64)   PRIMARY KEY CHECK (tenant_id = '${tenant}'),
    seq       bigint NOT NULL
);
INSERT INTO incident_horizon (tenant_id, seq) VALUES ('${tenant}', 0);
