-- What devices tell, as read models: made from the ledger, and made again from it. Times are epoch milliseconds.

-- How far they have followed the ledger: what every entry below next_seq tells is in them. One row.
CREATE TABLE telemetry_state (
    tenant_id     varchar(64) NOT NULL PRIMARY KEY CHECK (tenant_id = '${tenant}'),
    next_seq      bigint NOT NULL CHECK (next_seq >= 0),
    generation    bigint NOT NULL,
    rebuild_until bigint NOT NULL,
    unreadable    bigint NOT NULL,
    views         varchar(4000) NOT NULL
);
INSERT INTO telemetry_state VALUES ('${tenant}', 0, 1, 0, 0, '');

-- The newest records of devices of which nothing could be made.
CREATE TABLE telemetry_unreadable (
    tenant_id varchar(64)  NOT NULL CHECK (tenant_id = '${tenant}'),
    seq       bigint       NOT NULL PRIMARY KEY,
    reason    varchar(200) NOT NULL
);

-- When each device was heard of.
CREATE TABLE telemetry_device (
    tenant_id  varchar(64)  NOT NULL CHECK (tenant_id = '${tenant}'),
    device_id  varchar(200) NOT NULL PRIMARY KEY,
    first_seen bigint       NOT NULL,
    last_seen  bigint       NOT NULL,
    last_seq   bigint       NOT NULL,
    signed     boolean      NOT NULL,
    policy     varchar(200) NOT NULL
);

-- The newest of what each device told of itself, and where it told it.
CREATE TABLE telemetry_fact (
    tenant_id varchar(64)    NOT NULL CHECK (tenant_id = '${tenant}'),
    device_id varchar(200)   NOT NULL,
    name      varchar(200)   NOT NULL,
    fact      varchar(1000)  NOT NULL,
    stream    varchar(200)   NOT NULL,
    pointer   varchar(65536) NOT NULL,
    seq       bigint         NOT NULL,
    told_at   bigint         NOT NULL,
    PRIMARY KEY (device_id, name)
);
