-- As PostgreSQL's, without roles and row-level security.
CREATE TABLE checkpoint_cosignature (
    tenant_id varchar(200)  NOT NULL CHECK (tenant_id = '${tenant}'),
    size      bigint        NOT NULL,
    device_id varchar(64)   NOT NULL,
    signature varbinary(72) NOT NULL,
    at_millis bigint        NOT NULL,
    PRIMARY KEY (size, device_id)
);
CREATE INDEX checkpoint_cosignature_at ON checkpoint_cosignature (at_millis);
