-- Devices' health over time: what samples come to by the minute (1), the hour (2) and the day (3). Made from the ledger, where
-- the samples are, and made again if it is lost. Times are epoch milliseconds by the device's clock.
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
-- Not one that joins would be tempted by: very many rollups begin at one time.
CREATE INDEX health_rollup_at ON health_rollup USING brin (at);

ALTER TABLE health_series ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON health_series
    USING (tenant_id = current_setting('app.tenant_id', true))
    WITH CHECK (tenant_id = current_setting('app.tenant_id', true));
GRANT SELECT ON health_series TO strongroom_app;

ALTER TABLE health_rollup ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON health_rollup
    USING (tenant_id = current_setting('app.tenant_id', true))
    WITH CHECK (tenant_id = current_setting('app.tenant_id', true));
GRANT SELECT ON health_rollup TO strongroom_app;
