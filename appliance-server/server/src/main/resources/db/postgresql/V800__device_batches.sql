-- What devices sent, batch by batch. A row is written before its lines go to the ledger, and says afterwards how many of
-- them, from the first, are settled: in the ledger, or in quarantine. The signed bytes are an object by their digest.
CREATE TABLE device_batch (
    tenant_id   text    NOT NULL CHECK (tenant_id = '${tenant}'),
    device      text    NOT NULL,
    stream      text    NOT NULL,
    epoch       bytea   NOT NULL CHECK (octet_length(epoch) = 16),
    first_seq   bigint  NOT NULL CHECK (first_seq >= 0),
    last_seq    bigint  NOT NULL CHECK (last_seq >= first_seq),
    digest      bytea   NOT NULL CHECK (octet_length(digest) = 32),
    previous    bytea   NOT NULL CHECK (octet_length(previous) = 32),
    received_at bigint  NOT NULL,
    settled     integer NOT NULL CHECK (settled >= 0),
    rejected    text    NOT NULL,
    PRIMARY KEY (device, stream, epoch, first_seq)
);
COMMENT ON COLUMN device_batch.received_at IS 'epoch milliseconds, of the first time that it came';
COMMENT ON COLUMN device_batch.rejected IS 'the lines that became no records, as the acknowledgement names them';

ALTER TABLE device_batch ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON device_batch
    USING (tenant_id = current_setting('app.tenant_id', true))
    WITH CHECK (tenant_id = current_setting('app.tenant_id', true));
GRANT SELECT, INSERT, UPDATE ON device_batch TO strongroom_app;
