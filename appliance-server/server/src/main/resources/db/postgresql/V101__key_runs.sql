-- Idempotency keys in runs of up to 32 of one source, instead of a row and an index entry each (decision 56). key_low is
-- the first key's; what there was becomes runs of one.
CREATE TABLE ledger_key_run (
    key_high bigint NOT NULL,
    key_low bigint NOT NULL,
    on_day date NOT NULL,
    packed bytea NOT NULL,
    tenant_id text NOT NULL CHECK (tenant_id = '${tenant}'),
    PRIMARY KEY (key_high, key_low)
);
INSERT INTO ledger_key_run (key_high, key_low, on_day, packed, tenant_id)
    SELECT key_high, key_low, on_day, int8send(key_low) || '\x01'::bytea || mac || int8send(seq), tenant_id
    FROM ledger_key;
CREATE INDEX ledger_key_run_day ON ledger_key_run USING brin (on_day);
DROP TABLE ledger_key;

ALTER TABLE ledger_key_run ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON ledger_key_run USING (tenant_id = current_setting('app.tenant_id', true));
