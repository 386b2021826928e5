-- The level above the segments: of each 16 of them in a row, which have a term (decision 55).
CREATE TABLE timeline_directory (
    bucket integer NOT NULL,
    first_seq bigint NOT NULL,
    segments bytea NOT NULL,
    tenant_id text NOT NULL CHECK (tenant_id = '${tenant}'),
    CONSTRAINT timeline_directory_bucket PRIMARY KEY (bucket, first_seq)
) WITH (toast_tuple_target = 8160);
ALTER TABLE timeline_directory ALTER COLUMN segments SET STORAGE EXTERNAL;

ALTER TABLE timeline_directory ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON timeline_directory USING (tenant_id = current_setting('app.tenant_id', true));
GRANT SELECT ON timeline_directory TO strongroom_app;

-- The read models are made again, from the ledger.
TRUNCATE timeline_page, timeline_segment, timeline_posting, timeline_tail, facet_hour, facet_value;
UPDATE projection_state SET rebuild_until = greatest(rebuild_until, watermark), watermark = 0,
    generation = generation + 1, unprojectable = 0;
