-- Idempotency keys in runs of up to 32 of one source, instead of a row and an index entry each (decision 56). key_low is
-- the first key's; what there was becomes runs of one.
CREATE TABLE ledger_key_run (
    key_high bigint NOT NULL,
    key_low bigint NOT NULL,
    on_day date NOT NULL,
    packed varbinary(2000) NOT NULL,
    tenant_id varchar(64) NOT NULL CHECK (tenant_id = '${tenant}'),
    PRIMARY KEY (key_high, key_low)
);
INSERT INTO ledger_key_run (key_high, key_low, on_day, packed, tenant_id)
    SELECT key_high, key_low, on_day,
        CAST(key_low AS varbinary(8)) || X'01' || mac || CAST(seq AS varbinary(8)), tenant_id
    FROM ledger_key;
CREATE INDEX ledger_key_run_day ON ledger_key_run (on_day);
DROP TABLE ledger_key;
