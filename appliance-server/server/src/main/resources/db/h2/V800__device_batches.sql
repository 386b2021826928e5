-- As PostgreSQL's, without roles and row-level security.
CREATE TABLE device_batch (
    tenant_id   varchar(64)  NOT NULL CHECK (tenant_id = '${tenant}'),
    device      varchar(64)  NOT NULL,
    stream      varchar(64)  NOT NULL,
    epoch       varbinary(16) NOT NULL,
    first_seq   bigint       NOT NULL CHECK (first_seq >= 0),
    last_seq    bigint       NOT NULL CHECK (last_seq >= first_seq),
    digest      varbinary(32) NOT NULL,
    previous    varbinary(32) NOT NULL,
    received_at bigint       NOT NULL,
    settled     integer      NOT NULL CHECK (settled >= 0),
    rejected    text         NOT NULL,
    PRIMARY KEY (device, stream, epoch, first_seq)
);
