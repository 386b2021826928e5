-- The head: one row. Each group's transaction begins by moving it (fence).
CREATE TABLE ledger_head (
    tenant_id text NOT NULL PRIMARY KEY CHECK (tenant_id = '${tenant}'),
    size bigint NOT NULL CHECK (size >= 0),
    leaf bytea NOT NULL,
    frontier bytea NOT NULL,
    at_millis bigint NOT NULL,
    writer_epoch bigint NOT NULL
) WITH (fillfactor = 20);

-- Entries, packed: at most 256 in a row, never across a multiple of 256.
-- They are hashes and random ids: compression would find nothing.
CREATE TABLE ledger_block (
    first_seq bigint NOT NULL PRIMARY KEY,
    tenant_id text NOT NULL CHECK (tenant_id = '${tenant}'),
    packed bytea NOT NULL
);
ALTER TABLE ledger_block ALTER COLUMN packed SET STORAGE EXTERNAL;

-- The stored records' canonical bytes, packed: at most 16 in a row, never across a multiple of 16. Partitioned by
-- retention class and day, so that expiry is a DROP. The owner makes the partitions; they are empty parents here.
CREATE TABLE ledger_body (
    first_seq bigint NOT NULL,
    on_day date NOT NULL,
    retain text NOT NULL,
    tenant_id text NOT NULL CHECK (tenant_id = '${tenant}'),
    packed bytea NOT NULL
) PARTITION BY LIST (retain);
ALTER TABLE ledger_body ALTER COLUMN packed SET STORAGE EXTERNAL;
CREATE INDEX ledger_body_first_seq ON ledger_body (first_seq);

-- Their encrypted disclosures, packed in the same way and apart: they go before the bodies do.
CREATE TABLE ledger_disclosure (
    first_seq bigint NOT NULL,
    on_day date NOT NULL,
    retain text NOT NULL,
    tenant_id text NOT NULL CHECK (tenant_id = '${tenant}'),
    packed bytea NOT NULL
) PARTITION BY LIST (retain);
ALTER TABLE ledger_disclosure ALTER COLUMN packed SET STORAGE EXTERNAL;
CREATE INDEX ledger_disclosure_first_seq ON ledger_disclosure (first_seq);

CREATE TABLE ledger_key (
    key_high bigint NOT NULL,
    key_low bigint NOT NULL,
    seq bigint NOT NULL,
    on_day date NOT NULL,
    mac bytea NOT NULL,
    tenant_id text NOT NULL CHECK (tenant_id = '${tenant}'),
    PRIMARY KEY (key_high, key_low)
);
CREATE INDEX ledger_key_day ON ledger_key USING brin (on_day);

CREATE TABLE ledger_chain_state (
    tenant_id text NOT NULL PRIMARY KEY CHECK (tenant_id = '${tenant}'),
    state bytea NOT NULL
);

CREATE TABLE ledger_seal (
    seal_seq bigint NOT NULL PRIMARY KEY,
    chain text NOT NULL UNIQUE,
    first_seq bigint NOT NULL,
    last_seq bigint NOT NULL,
    record bytea NOT NULL,
    sources bytea NOT NULL,
    sources_object bytea NOT NULL,
    published boolean NOT NULL,
    tenant_id text NOT NULL CHECK (tenant_id = '${tenant}')
);

-- fully: signed with every key, ML-DSA included; these are kept for ever.
CREATE TABLE ledger_checkpoint (
    size bigint NOT NULL PRIMARY KEY,
    root bytea NOT NULL,
    at_millis bigint NOT NULL,
    fully boolean NOT NULL,
    note bytea NOT NULL,
    tenant_id text NOT NULL CHECK (tenant_id = '${tenant}')
);

-- The app role reads what requests may show, of the tenant that its transaction names, and writes nothing here.
ALTER TABLE ledger_head ENABLE ROW LEVEL SECURITY;
ALTER TABLE ledger_block ENABLE ROW LEVEL SECURITY;
ALTER TABLE ledger_body ENABLE ROW LEVEL SECURITY;
ALTER TABLE ledger_disclosure ENABLE ROW LEVEL SECURITY;
ALTER TABLE ledger_key ENABLE ROW LEVEL SECURITY;
ALTER TABLE ledger_chain_state ENABLE ROW LEVEL SECURITY;
ALTER TABLE ledger_seal ENABLE ROW LEVEL SECURITY;
ALTER TABLE ledger_checkpoint ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON ledger_head USING (tenant_id = current_setting('app.tenant_id', true));
CREATE POLICY tenant ON ledger_block USING (tenant_id = current_setting('app.tenant_id', true));
CREATE POLICY tenant ON ledger_body USING (tenant_id = current_setting('app.tenant_id', true));
CREATE POLICY tenant ON ledger_disclosure USING (tenant_id = current_setting('app.tenant_id', true));
CREATE POLICY tenant ON ledger_key USING (tenant_id = current_setting('app.tenant_id', true));
CREATE POLICY tenant ON ledger_chain_state USING (tenant_id = current_setting('app.tenant_id', true));
CREATE POLICY tenant ON ledger_seal USING (tenant_id = current_setting('app.tenant_id', true));
CREATE POLICY tenant ON ledger_checkpoint USING (tenant_id = current_setting('app.tenant_id', true));
GRANT SELECT ON ledger_head, ledger_block, ledger_body, ledger_disclosure, ledger_seal, ledger_checkpoint
    TO strongroom_app;
