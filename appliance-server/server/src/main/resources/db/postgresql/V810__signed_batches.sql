-- The signed bytes of device batches on their way to the object store: written with the batch's records, gone once the
-- object is there.
CREATE TABLE device_batch_signed (
    tenant_id text  NOT NULL CHECK (tenant_id = '${tenant}'),
    digest    bytea PRIMARY KEY CHECK (octet_length(digest) = 32),
    cose      bytea NOT NULL
);
-- Digests and a signature: compression would find nothing.
ALTER TABLE device_batch_signed ALTER COLUMN cose SET STORAGE EXTERNAL;

ALTER TABLE device_batch_signed ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON device_batch_signed
    USING (tenant_id = current_setting('app.tenant_id', true))
    WITH CHECK (tenant_id = current_setting('app.tenant_id', true));
GRANT SELECT, INSERT, DELETE ON device_batch_signed TO strongroom_app;

-- What is known of old batches is forgotten, but for the newest of each stream and epoch.
GRANT DELETE ON device_batch TO strongroom_app;
