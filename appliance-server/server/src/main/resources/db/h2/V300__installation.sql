-- Ties this database to the keys of one installation.
CREATE TABLE installation (
    tenant_id       varchar(64)  NOT NULL CHECK (tenant_id = '${tenant}'),
    installation_id varchar(32)  PRIMARY KEY,
    origin          varchar(200) NOT NULL,
    made_at         bigint       NOT NULL
);

CREATE TABLE key_check (
    tenant_id   varchar(64) NOT NULL CHECK (tenant_id = '${tenant}'),
    name        varchar(64) PRIMARY KEY,
    check_value varchar(80) NOT NULL
);
