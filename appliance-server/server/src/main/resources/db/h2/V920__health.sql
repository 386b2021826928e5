-- As PostgreSQL's, without roles and row-level security.
CREATE TABLE health_series (
    id         bigint PRIMARY KEY,
    tenant_id  varchar(64)  NOT NULL CHECK (tenant_id = '${tenant}'),
    device     varchar(64)  NOT NULL,
    metric     varchar(300) NOT NULL,
    stream     varchar(64)  NOT NULL,
    pointer    varchar(1000) NOT NULL,
    last_at    bigint NOT NULL,
    last_seq   bigint NOT NULL,
    last_value double precision NOT NULL
);
CREATE INDEX health_series_device ON health_series (device);

CREATE TABLE health_rollup (
    series      bigint  NOT NULL,
    resolution  integer NOT NULL CHECK (resolution BETWEEN 1 AND 3),
    at          bigint  NOT NULL,
    samples     bigint  NOT NULL CHECK (samples > 0),
    least_value double precision NOT NULL,
    most_value  double precision NOT NULL,
    total       double precision NOT NULL,
    last_value  double precision NOT NULL,
    last_at     bigint  NOT NULL,
    last_seq    bigint  NOT NULL,
    tenant_id   varchar(64) NOT NULL CHECK (tenant_id = '${tenant}'),
    PRIMARY KEY (series, resolution, at)
);
