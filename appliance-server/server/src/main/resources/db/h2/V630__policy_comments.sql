-- As PostgreSQL's, without roles and row-level security.
CREATE TABLE policy_comment (
    tenant_id  text   NOT NULL CHECK (tenant_id = '${tenant}'),
    digest     binary varying(32) PRIMARY KEY CHECK (octet_length(digest) = 32),
    proposal   varchar(200) NOT NULL,
    author     varchar(128) NOT NULL,
    git_commit varchar(40)  NOT NULL,
    file       varchar(1000),
    line       integer,
    content    varchar(8000) NOT NULL,
    written_at bigint NOT NULL,
    rejection  binary varying(32) UNIQUE REFERENCES policy_approval (digest),
    CHECK (line IS NULL OR file IS NOT NULL)
);
CREATE INDEX policy_comment_of ON policy_comment (proposal, written_at);
