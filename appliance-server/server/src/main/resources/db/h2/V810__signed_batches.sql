-- As PostgreSQL's, without roles and row-level security.
CREATE TABLE device_batch_signed (
    tenant_id varchar(64)   NOT NULL CHECK (tenant_id = '${tenant}'),
    digest    varbinary(32) PRIMARY KEY,
    cose      varbinary(1048576) NOT NULL
);
