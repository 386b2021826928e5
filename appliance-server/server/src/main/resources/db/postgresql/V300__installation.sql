-- Ties this database to the keys of one installation. Of no use to a request: nothing is granted.
CREATE TABLE installation (
    tenant_id       text   NOT NULL CHECK (tenant_id = '${tenant}'),
    installation_id text   PRIMARY KEY,
    origin          text   NOT NULL,
    made_at         bigint NOT NULL
);
ALTER TABLE installation ENABLE ROW LEVEL SECURITY;

CREATE TABLE key_check (
    tenant_id   text NOT NULL CHECK (tenant_id = '${tenant}'),
    name        text PRIMARY KEY,
    check_value text NOT NULL
);
ALTER TABLE key_check ENABLE ROW LEVEL SECURITY;
