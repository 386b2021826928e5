-- Whose each key is, for ever: those that devices were enrolled with, and those of their renewals.
CREATE TABLE device_key (
    tenant_id text NOT NULL CHECK (tenant_id = '${tenant}'),
    id        text PRIMARY KEY,
    device_id text NOT NULL
);
COMMENT ON COLUMN device_key.id IS 'SHA-256 of its SubjectPublicKeyInfo, in hex';

INSERT INTO device_key (tenant_id, id, device_id)
    SELECT tenant_id, encode(sha256(request_key), 'hex'), min(id) FROM device GROUP BY tenant_id, request_key;

ALTER TABLE device_key ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON device_key
    USING (tenant_id = current_setting('app.tenant_id', true))
    WITH CHECK (tenant_id = current_setting('app.tenant_id', true));
GRANT SELECT, INSERT ON device_key TO strongroom_app;
