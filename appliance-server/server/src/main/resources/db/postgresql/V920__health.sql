-- Devices' health over time: samples, and what they come to by the minute (1), the hour (2) and the day (3). Made from the
-- ledger, and made again if they are lost. Times are epoch milliseconds by the device's clock.
CREATE TABLE health_series (
    id         bigint PRIMARY KEY,
    tenant_id  text   NOT NULL CHECK (tenant_id = '${tenant}'),
    device     text   NOT NULL,
    metric     text   NOT NULL,
    stream     text   NOT NULL,
    pointer    text   NOT NULL,
    last_at    bigint NOT NULL,
    last_seq   bigint NOT NULL,
    last_value double precision NOT NULL
);
COMMENT ON COLUMN health_series.id IS 'a hash of device, stream, pointer and metric';
CREATE INDEX health_series_device ON health_series (device);

CREATE TABLE health_sample (
    series    bigint NOT NULL,
    at        bigint NOT NULL,
    seq       bigint NOT NULL,
    measured  double precision NOT NULL,
    tenant_id text   NOT NULL CHECK (tenant_id = '${tenant}'),
    PRIMARY KEY (series, at, seq)
);
CREATE INDEX health_sample_at ON health_sample (at);

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
    tenant_id   text    NOT NULL CHECK (tenant_id = '${tenant}'),
    PRIMARY KEY (series, resolution, at)
);
CREATE INDEX health_rollup_at ON health_rollup (at);

ALTER TABLE health_series ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON health_series
    USING (tenant_id = current_setting('app.tenant_id', true))
    WITH CHECK (tenant_id = current_setting('app.tenant_id', true));
GRANT SELECT ON health_series TO strongroom_app;

ALTER TABLE health_sample ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON health_sample
    USING (tenant_id = current_setting('app.tenant_id', true))
    WITH CHECK (tenant_id = current_setting('app.tenant_id', true));
GRANT SELECT ON health_sample TO strongroom_app;

ALTER TABLE health_rollup ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON health_rollup
    USING (tenant_id = current_setting('app.tenant_id', true))
    WITH CHECK (tenant_id = current_setting('app.tenant_id', true));
GRANT SELECT ON health_rollup TO strongroom_app;
