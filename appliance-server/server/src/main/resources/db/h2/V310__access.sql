CREATE TABLE access_token (
    tenant_id  varchar(64)     NOT NULL CHECK (tenant_id = '${tenant}'),
    id         varchar(32)     PRIMARY KEY,
    hash       varbinary(32)   NOT NULL,
    name       varchar(200)    NOT NULL,
    scopes     varchar(200)    NOT NULL,
    sources    varchar(100000) NOT NULL,
    made_by    varchar(64)     NOT NULL,
    made_at    bigint          NOT NULL,
    expires_at bigint          NOT NULL,
    revoked_at bigint
);

CREATE TABLE access_setup (
    tenant_id  varchar(64)   PRIMARY KEY CHECK (tenant_id = '${tenant}'),
    hash       varbinary(32) NOT NULL,
    expires_at bigint        NOT NULL,
    tries_left integer       NOT NULL,
    used_at    bigint
);

-- Documents that were not appended, kept until an officer has looked at them.
CREATE TABLE quarantine (
    tenant_id   varchar(64)        NOT NULL CHECK (tenant_id = '${tenant}'),
    id          varchar(32)        PRIMARY KEY,
    received_at bigint             NOT NULL,
    caller      varchar(64)        NOT NULL,
    reason      varchar(64)        NOT NULL,
    request_id  varchar(64)        NOT NULL,
    document    varbinary(1048576) NOT NULL
);
