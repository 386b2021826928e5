-- What people say of proposals. The ledger holds the digest of each comment, and not its text.
CREATE TABLE policy_comment (
    tenant_id  text    NOT NULL CHECK (tenant_id = '${tenant}'),
    digest     bytea   PRIMARY KEY CHECK (octet_length(digest) = 32),
    proposal   text    NOT NULL,
    author     text    NOT NULL,
    git_commit text    NOT NULL,
    file       text,
    line       integer,
    content    text    NOT NULL,
    written_at bigint  NOT NULL,
    rejection  bytea   UNIQUE REFERENCES policy_approval (digest),
    CHECK (line IS NULL OR file IS NOT NULL)
);
COMMENT ON COLUMN policy_comment.rejection IS 'the rejection that it gives the reason of';
CREATE INDEX policy_comment_of ON policy_comment (proposal, written_at);
ALTER TABLE policy_comment ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON policy_comment
    USING (tenant_id = current_setting('app.tenant_id', true))
    WITH CHECK (tenant_id = current_setting('app.tenant_id', true));
GRANT SELECT, INSERT ON policy_comment TO strongroom_app;
