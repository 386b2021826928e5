-- As PostgreSQL's, without roles and row-level security.
CREATE TABLE uploaded_object (
    tenant_id  text    NOT NULL CHECK (tenant_id = '${tenant}'),
    name       varchar(64) PRIMARY KEY,
    generation integer NOT NULL CHECK (generation > 0),
    wrapped    binary varying(1024) NOT NULL,
    bytes      bigint  NOT NULL CHECK (bytes >= 0),
    created_at bigint  NOT NULL,
    digest     binary varying(32) UNIQUE CHECK (octet_length(digest) = 32)
);
