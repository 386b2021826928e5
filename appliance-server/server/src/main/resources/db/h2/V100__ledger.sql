-- The head: one row. Each group's transaction begins by moving it (fence).
CREATE TABLE ledger_head (
    tenant_id varchar(64) NOT NULL PRIMARY KEY CHECK (tenant_id = '${tenant}'),
    size bigint NOT NULL CHECK (size >= 0),
    leaf varbinary(32) NOT NULL,
    frontier varbinary(4096) NOT NULL,
    at_millis bigint NOT NULL,
    writer_epoch bigint NOT NULL
);

-- Entries, packed: at most 256 in a row, never across a multiple of 256.
CREATE TABLE ledger_block (
    first_seq bigint NOT NULL PRIMARY KEY,
    tenant_id varchar(64) NOT NULL CHECK (tenant_id = '${tenant}'),
    packed varbinary(1000000) NOT NULL
);

-- The stored records' canonical bytes, packed: at most 16 in a row, never across a multiple of 16. They expire before
-- their entries do.
CREATE TABLE ledger_body (
    first_seq bigint NOT NULL PRIMARY KEY,
    on_day date NOT NULL,
    retain varchar(64) NOT NULL,
    tenant_id varchar(64) NOT NULL CHECK (tenant_id = '${tenant}'),
    packed varbinary(1000000) NOT NULL
);

-- Their encrypted disclosures, packed in the same way.
CREATE TABLE ledger_disclosure (
    first_seq bigint NOT NULL PRIMARY KEY,
    on_day date NOT NULL,
    retain varchar(64) NOT NULL,
    tenant_id varchar(64) NOT NULL CHECK (tenant_id = '${tenant}'),
    packed varbinary(1000000) NOT NULL
);

CREATE TABLE ledger_key (
    key_high bigint NOT NULL,
    key_low bigint NOT NULL,
    seq bigint NOT NULL,
    on_day date NOT NULL,
    mac varbinary(32) NOT NULL,
    tenant_id varchar(64) NOT NULL CHECK (tenant_id = '${tenant}'),
    PRIMARY KEY (key_high, key_low)
);
CREATE INDEX ledger_key_day ON ledger_key (on_day);

CREATE TABLE ledger_chain_state (
    tenant_id varchar(64) NOT NULL PRIMARY KEY CHECK (tenant_id = '${tenant}'),
    state binary large object NOT NULL
);

CREATE TABLE ledger_seal (
    seal_seq bigint NOT NULL PRIMARY KEY,
    chain varchar(100) NOT NULL UNIQUE,
    first_seq bigint NOT NULL,
    last_seq bigint NOT NULL,
    record varbinary(32) NOT NULL,
    sources varbinary(32) NOT NULL,
    sources_object binary large object NOT NULL,
    published boolean NOT NULL,
    tenant_id varchar(64) NOT NULL CHECK (tenant_id = '${tenant}')
);

-- fully: signed with every key, ML-DSA included; these are kept for ever.
CREATE TABLE ledger_checkpoint (
    size bigint NOT NULL PRIMARY KEY,
    root varbinary(32) NOT NULL,
    at_millis bigint NOT NULL,
    fully boolean NOT NULL,
    note varbinary(100000) NOT NULL,
    tenant_id varchar(64) NOT NULL CHECK (tenant_id = '${tenant}')
);
