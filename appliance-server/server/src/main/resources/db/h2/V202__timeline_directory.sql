-- The level above the segments: of each 16 of them in a row, which have a term (decision 55).
CREATE TABLE timeline_directory (
    bucket integer NOT NULL,
    first_seq bigint NOT NULL,
    segments varbinary(1000000) NOT NULL,
    tenant_id varchar(64) NOT NULL CHECK (tenant_id = '${tenant}'),
    PRIMARY KEY (bucket, first_seq)
);

-- The read models are made again, from the ledger.
DELETE FROM timeline_page;
DELETE FROM timeline_segment;
DELETE FROM timeline_posting;
DELETE FROM timeline_tail;
DELETE FROM facet_hour;
DELETE FROM facet_value;
UPDATE projection_state SET rebuild_until = greatest(rebuild_until, watermark), watermark = 0,
    generation = generation + 1, unprojectable = 0;
