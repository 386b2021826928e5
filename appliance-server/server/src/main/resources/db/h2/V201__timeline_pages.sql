-- What is said of each entry, in pages instead of a row and three index entries each (decision 50): up to 64 consecutive
-- entries, column by column, never across a multiple of 64, so block_no is first_seq / 64. low_id and high_id: the
-- earliest and latest time in the ids, at most 10 s apart. Times are epoch milliseconds.
DROP TABLE timeline;
CREATE TABLE timeline_page (
    block_no bigint NOT NULL,
    first_seq bigint NOT NULL,
    first_at bigint NOT NULL,
    low_id bigint NOT NULL,
    high_id bigint NOT NULL,
    packed varbinary(1000000) NOT NULL,
    tenant_id varchar(64) NOT NULL CHECK (tenant_id = '${tenant}'),
    PRIMARY KEY (block_no, first_seq)
);
CREATE INDEX timeline_page_at ON timeline_page (first_at, first_seq);
CREATE INDEX timeline_page_id ON timeline_page (low_id, high_id);

-- The read models are made again, from the ledger.
DELETE FROM timeline_segment;
DELETE FROM timeline_posting;
DELETE FROM timeline_tail;
DELETE FROM facet_hour;
DELETE FROM facet_value;
UPDATE projection_state SET rebuild_until = watermark, watermark = 0, generation = generation + 1, unprojectable = 0;
