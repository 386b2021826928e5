-- Whose each key is, for ever: those that devices were enrolled with, and those of their renewals.
CREATE TABLE device_key (
    tenant_id varchar(200) NOT NULL CHECK (tenant_id = '${tenant}'),
    id        varchar(200) PRIMARY KEY,
    device_id varchar(200) NOT NULL
);

INSERT INTO device_key (tenant_id, id, device_id)
    SELECT tenant_id, lower(rawtohex(hash('SHA-256', request_key))), min(id) FROM device GROUP BY tenant_id, request_key;
