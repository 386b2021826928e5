-- Values too large for a record: where they stand in the object store, and their keys, wrapped under a generation of the
-- key-encryption keys. A row without a digest is of an upload that is under way or was cut off. With its row gone,
-- nothing opens an object any more.
CREATE TABLE uploaded_object (
    tenant_id  text    NOT NULL CHECK (tenant_id = '${tenant}'),
    name       text    PRIMARY KEY,
    generation integer NOT NULL CHECK (generation > 0),
    wrapped    bytea   NOT NULL,
    bytes      bigint  NOT NULL CHECK (bytes >= 0),
    created_at bigint  NOT NULL,
    digest     bytea   UNIQUE CHECK (octet_length(digest) = 32)
);
COMMENT ON COLUMN uploaded_object.name IS 'random, so that the store of objects tells nothing about them';
COMMENT ON COLUMN uploaded_object.created_at IS 'epoch milliseconds';

ALTER TABLE uploaded_object ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON uploaded_object
    USING (tenant_id = current_setting('app.tenant_id', true))
    WITH CHECK (tenant_id = current_setting('app.tenant_id', true));
GRANT SELECT, INSERT, UPDATE, DELETE ON uploaded_object TO strongroom_app;
