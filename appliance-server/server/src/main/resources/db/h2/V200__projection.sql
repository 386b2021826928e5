-- How far the read models have followed the ledger: every entry below the watermark is in them. One row.
CREATE TABLE projection_state (
    tenant_id varchar(64) NOT NULL PRIMARY KEY CHECK (tenant_id = '${tenant}'),
    watermark bigint NOT NULL CHECK (watermark >= 0),
    generation bigint NOT NULL,
    rebuild_until bigint NOT NULL,
    unprojectable bigint NOT NULL
);
INSERT INTO projection_state VALUES ('${tenant}', 0, 1, 0, 0);

-- One row for each entry, narrow: hashes of what may be filtered and counted, never the body. 0 stands for "not there".
-- Times are epoch milliseconds. label_terms: 4 bytes for each label.
CREATE TABLE timeline (
    seq bigint NOT NULL PRIMARY KEY,
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
    tenant_id varchar(64) NOT NULL CHECK (tenant_id = '${tenant}'),
    label_terms varbinary(65536)
);
CREATE UNIQUE INDEX timeline_record ON timeline (record_id);
CREATE INDEX timeline_occurred ON timeline (occurred_at, seq);

-- The inverted index: the closed segments, each of 16,384 entries,
CREATE TABLE timeline_segment (
    first_seq bigint NOT NULL PRIMARY KEY,
    min_occurred bigint NOT NULL,
    max_occurred bigint NOT NULL,
    occurred varbinary(1000000) NOT NULL,
    tenant_id varchar(64) NOT NULL CHECK (tenant_id = '${tenant}')
);

-- their postings, spread over 1,024 buckets by the upper bits of the term,
CREATE TABLE timeline_posting (
    bucket integer NOT NULL,
    first_seq bigint NOT NULL,
    postings varbinary(1000000) NOT NULL,
    tenant_id varchar(64) NOT NULL CHECK (tenant_id = '${tenant}'),
    PRIMARY KEY (bucket, first_seq)
);

-- and the entries behind the last segment, in a few rows that are joined as they grow.
CREATE TABLE timeline_tail (
    first_seq bigint NOT NULL PRIMARY KEY,
    size integer NOT NULL,
    terms binary large object NOT NULL,
    tenant_id varchar(64) NOT NULL CHECK (tenant_id = '${tenant}')
);

-- How often each value occurs, by the hour of occurredAt (hours since 1970). Term 0: values beyond a batch's bound.
CREATE TABLE facet_hour (
    field smallint NOT NULL,
    hour_no integer NOT NULL,
    term integer NOT NULL,
    records bigint NOT NULL,
    tenant_id varchar(64) NOT NULL CHECK (tenant_id = '${tenant}'),
    PRIMARY KEY (field, hour_no, term)
);
CREATE TABLE facet_value (
    field smallint NOT NULL,
    term integer NOT NULL,
    facet_text varchar(1000) NOT NULL,
    tenant_id varchar(64) NOT NULL CHECK (tenant_id = '${tenant}'),
    PRIMARY KEY (field, term)
);
