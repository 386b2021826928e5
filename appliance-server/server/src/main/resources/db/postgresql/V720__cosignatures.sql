-- What devices cosigned: signature lines of checkpoints that every key of the log signed, kept as long as these are.
CREATE TABLE checkpoint_cosignature (
    tenant_id text   NOT NULL CHECK (tenant_id = '${tenant}'),
    size      bigint NOT NULL,
    device_id text   NOT NULL,
    signature bytea  NOT NULL,
    at_millis bigint NOT NULL,
    PRIMARY KEY (size, device_id)
);
CREATE INDEX checkpoint_cosignature_at ON checkpoint_cosignature (at_millis);
COMMENT ON COLUMN checkpoint_cosignature.signature IS 'without the key id: time and Ed25519, 72 bytes';
COMMENT ON COLUMN checkpoint_cosignature.at_millis IS 'when it came, epoch milliseconds';

ALTER TABLE checkpoint_cosignature ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON checkpoint_cosignature
    USING (tenant_id = current_setting('app.tenant_id', true))
    WITH CHECK (tenant_id = current_setting('app.tenant_id', true));
GRANT SELECT, INSERT ON checkpoint_cosignature TO strongroom_app;
