-- Deployment jobs on devices, and what became of them. Made from the ledger, and made again if it is lost. Times are epoch
-- milliseconds by the device's clock.
CREATE TABLE deployment (
    tenant_id  text   NOT NULL CHECK (tenant_id = '${tenant}'),
    device     text   NOT NULL,
    job        text   NOT NULL,
    product    text   NOT NULL,
    stream     text   NOT NULL,
    pointer    text   NOT NULL,
    state      text   NOT NULL,
    started_at bigint,
    last_at    bigint NOT NULL,
    last_seq   bigint NOT NULL,
    PRIMARY KEY (device, job)
);
CREATE INDEX deployment_last ON deployment (last_seq);
CREATE INDEX deployment_last_at ON deployment (last_at);

ALTER TABLE deployment ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON deployment
    USING (tenant_id = current_setting('app.tenant_id', true))
    WITH CHECK (tenant_id = current_setting('app.tenant_id', true));
GRANT SELECT ON deployment TO strongroom_app;
