-- How far the read models have followed the ledger: every entry below the watermark is in them. One row.
CREATE TABLE projection_state (
    tenant_id text NOT NULL PRIMARY KEY CHECK (tenant_id = '${tenant}'),
    watermark bigint NOT NULL CHECK (watermark >= 0),
    generation bigint NOT NULL,
    rebuild_until bigint NOT NULL,
    unprojectable bigint NOT NULL
) WITH (fillfactor = 20);
INSERT INTO projection_state VALUES ('${tenant}', 0, 1, 0, 0);

-- One row for each entry, narrow: hashes of what may be filtered and counted, never the body. 0 stands for "not there".
-- Times are epoch milliseconds. label_terms: 4 bytes for each label.
CREATE TABLE timeline (
    seq bigint NOT NULL,
    at bigint NOT NULL,
    occurred_at bigint NOT NULL,
    actor bigint NOT NULL,
    resource bigint NOT NULL,
    stream integer NOT NULL,
    source integer NOT NULL,
    action integer NOT NULL,
    outcome integer NOT NULL,
    actor_type integer NOT NULL,
    resource_type integer NOT NULL,
    retain integer NOT NULL,
    projected boolean NOT NULL,
    record_id uuid,
    tenant_id text NOT NULL CHECK (tenant_id = '${tenant}'),
    label_terms bytea,
    CONSTRAINT timeline_seq PRIMARY KEY (seq)
);
CREATE UNIQUE INDEX timeline_record ON timeline (record_id);
CREATE INDEX timeline_occurred ON timeline (occurred_at, seq);

-- The inverted index: the closed segments, each of 16,384 entries,
CREATE TABLE timeline_segment (
    first_seq bigint NOT NULL PRIMARY KEY,
    min_occurred bigint NOT NULL,
    max_occurred bigint NOT NULL,
    occurred bytea NOT NULL,
    tenant_id text NOT NULL CHECK (tenant_id = '${tenant}')
);
ALTER TABLE timeline_segment ALTER COLUMN occurred SET STORAGE EXTERNAL;

-- their postings, spread over 1,024 buckets by the upper bits of the term (short rows, kept in line and as they are),
CREATE TABLE timeline_posting (
    bucket integer NOT NULL,
    first_seq bigint NOT NULL,
    postings bytea NOT NULL,
    tenant_id text NOT NULL CHECK (tenant_id = '${tenant}'),
    CONSTRAINT timeline_posting_bucket PRIMARY KEY (bucket, first_seq)
) WITH (toast_tuple_target = 8160);
ALTER TABLE timeline_posting ALTER COLUMN postings SET STORAGE EXTERNAL;

-- and the entries behind the last segment, in a few rows that are joined as they grow.
CREATE TABLE timeline_tail (
    first_seq bigint NOT NULL PRIMARY KEY,
    size integer NOT NULL,
    terms bytea NOT NULL,
    tenant_id text NOT NULL CHECK (tenant_id = '${tenant}')
);
ALTER TABLE timeline_tail ALTER COLUMN terms SET STORAGE EXTERNAL;

-- How often each value occurs, by the hour of occurredAt (hours since 1970). Term 0: values beyond a batch's bound.
CREATE TABLE facet_hour (
    field smallint NOT NULL,
    hour_no integer NOT NULL,
    term integer NOT NULL,
    records bigint NOT NULL,
    tenant_id text NOT NULL CHECK (tenant_id = '${tenant}'),
    CONSTRAINT facet_hour_key PRIMARY KEY (field, hour_no, term)
) WITH (fillfactor = 50);
CREATE TABLE facet_value (
    field smallint NOT NULL,
    term integer NOT NULL,
    facet_text text NOT NULL,
    tenant_id text NOT NULL CHECK (tenant_id = '${tenant}'),
    CONSTRAINT facet_value_key PRIMARY KEY (field, term)
);

ALTER TABLE projection_state ENABLE ROW LEVEL SECURITY;
ALTER TABLE timeline ENABLE ROW LEVEL SECURITY;
ALTER TABLE timeline_segment ENABLE ROW LEVEL SECURITY;
ALTER TABLE timeline_posting ENABLE ROW LEVEL SECURITY;
ALTER TABLE timeline_tail ENABLE ROW LEVEL SECURITY;
ALTER TABLE facet_hour ENABLE ROW LEVEL SECURITY;
ALTER TABLE facet_value ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON projection_state USING (tenant_id = current_setting('app.tenant_id', true));
CREATE POLICY tenant ON timeline USING (tenant_id = current_setting('app.tenant_id', true));
CREATE POLICY tenant ON timeline_segment USING (tenant_id = current_setting('app.tenant_id', true));
CREATE POLICY tenant ON timeline_posting USING (tenant_id = current_setting('app.tenant_id', true));
CREATE POLICY tenant ON timeline_tail USING (tenant_id = current_setting('app.tenant_id', true));
CREATE POLICY tenant ON facet_hour USING (tenant_id = current_setting('app.tenant_id', true));
CREATE POLICY tenant ON facet_value USING (tenant_id = current_setting('app.tenant_id', true));
GRANT SELECT ON projection_state, timeline, timeline_segment, timeline_posting, timeline_tail, facet_hour, facet_value
    TO strongroom_app;
