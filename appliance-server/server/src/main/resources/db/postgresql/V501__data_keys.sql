-- Keys that encrypt disclosures: one per data subject, or per day where a record names none. Wrapped under a
-- generation of the key-encryption keys, which never enter this database. With its row gone, nothing opens any more.
CREATE TABLE data_key (
    tenant_id  text    NOT NULL CHECK (tenant_id = '${tenant}'),
    id         bigint  PRIMARY KEY,
    kind       text    NOT NULL CHECK (kind IN ('subject', 'day')),
    name_mac   bytea   NOT NULL UNIQUE CHECK (octet_length(name_mac) = 32),
    generation integer NOT NULL CHECK (generation > 0),
    wrapped    bytea   NOT NULL,
    created_at bigint  NOT NULL
);
COMMENT ON COLUMN data_key.name_mac IS 'HMAC of the subject or day: finds the key, tells nothing';
COMMENT ON COLUMN data_key.created_at IS 'epoch milliseconds';

ALTER TABLE data_key ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON data_key
    USING (tenant_id = current_setting('app.tenant_id', true))
    WITH CHECK (tenant_id = current_setting('app.tenant_id', true));
GRANT SELECT, INSERT ON data_key TO strongroom_app;
