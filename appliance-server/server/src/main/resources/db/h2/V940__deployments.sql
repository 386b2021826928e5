-- As PostgreSQL's, without roles and row-level security.
CREATE TABLE deployment (
    tenant_id  varchar(64) NOT NULL CHECK (tenant_id = '${tenant}'),
    device     varchar(64) NOT NULL,
    job        varchar(300) NOT NULL,
    product    varchar(300) NOT NULL,
    stream     varchar(64) NOT NULL,
    pointer    varchar(1000) NOT NULL,
    state      varchar(64) NOT NULL,
    started_at bigint,
    last_at    bigint NOT NULL,
    last_seq   bigint NOT NULL,
    PRIMARY KEY (device, job)
);
CREATE INDEX deployment_last ON deployment (last_seq);
CREATE INDEX deployment_last_at ON deployment (last_at);
