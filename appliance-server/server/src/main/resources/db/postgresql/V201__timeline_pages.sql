-- What is said of each entry, in pages instead of a row and three index entries each (decision 50): up to 64 consecutive
-- entries, column by column, never across a multiple of 64, so block_no is first_seq / 64. low_id and high_id: the
-- earliest and latest time in the ids, at most 10 s apart. Times are epoch milliseconds. Short rows, in line and as they are.
DROP TABLE timeline;
CREATE TABLE timeline_page (
    block_no bigint NOT NULL,
    first_seq bigint NOT NULL,
    first_at bigint NOT NULL,
    low_id bigint NOT NULL,
    high_id bigint NOT NULL,
    packed bytea NOT NULL,
    tenant_id text NOT NULL CHECK (tenant_id = '${tenant}'),
    CONSTRAINT timeline_page_block PRIMARY KEY (block_no, first_seq)
) WITH (toast_tuple_target = 8160);
ALTER TABLE timeline_page ALTER COLUMN packed SET STORAGE EXTERNAL;
CREATE INDEX timeline_page_at ON timeline_page (first_at, first_seq);
CREATE INDEX timeline_page_id ON timeline_page (low_id, high_id);

ALTER TABLE timeline_page ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON timeline_page USING (tenant_id = current_setting('app.tenant_id', true));
GRANT SELECT ON timeline_page TO strongroom_app;

-- The read models are made again, from the ledger.
TRUNCATE timeline_segment, timeline_posting, timeline_tail, facet_hour, facet_value;
UPDATE projection_state SET rebuild_until = watermark, watermark = 0, generation = generation + 1, unprojectable = 0;
