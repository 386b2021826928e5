-- As PostgreSQL's, without roles and row-level security.
CREATE TABLE data_key (
    tenant_id  text    NOT NULL CHECK (tenant_id = '${tenant}'),
    id         bigint  PRIMARY KEY,
    kind       text    NOT NULL CHECK (kind IN ('subject', 'day')),
    name_mac   binary varying(32) NOT NULL UNIQUE CHECK (octet_length(name_mac) = 32),
    generation integer NOT NULL CHECK (generation > 0),
    wrapped    binary varying(1024) NOT NULL,
    created_at bigint  NOT NULL
);
