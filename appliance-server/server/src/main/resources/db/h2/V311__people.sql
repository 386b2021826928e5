-- People: local accounts, how they are invited, their sessions and their keys. Times are epoch milliseconds.
CREATE TABLE access_user (
    tenant_id          varchar(200) NOT NULL CHECK (tenant_id = '${tenant}'),
    id                 varchar(200) PRIMARY KEY,
    shown_id           varchar(200) NOT NULL,
    name               varchar(200) NOT NULL,
    roles              varchar(4000) NOT NULL,
    attributes         varchar(4000) NOT NULL,
    password           varchar(4000) NOT NULL,
    totp_secret        varbinary(1024) NOT NULL,
    totp_generation    integer NOT NULL,
    totp_step          bigint NOT NULL,
    pending_secret     varbinary(1024),
    pending_generation integer,
    made_by            varchar(200) NOT NULL,
    made_at            bigint NOT NULL,
    disabled_at        bigint,
    disabled_by        varchar(200)
);

CREATE TABLE access_recovery_code (
    tenant_id varchar(200) NOT NULL CHECK (tenant_id = '${tenant}'),
    user_id   varchar(200) NOT NULL,
    hash      varbinary(1024) NOT NULL,
    used_at   bigint,
    PRIMARY KEY (user_id, hash)
);

CREATE TABLE access_invitation (
    tenant_id       varchar(200) NOT NULL CHECK (tenant_id = '${tenant}'),
    id              varchar(200) PRIMARY KEY,
    user_id         varchar(200) NOT NULL,
    shown_id        varchar(200) NOT NULL,
    name            varchar(200) NOT NULL,
    roles           varchar(4000) NOT NULL,
    attributes      varchar(4000) NOT NULL,
    hash            varbinary(1024) NOT NULL,
    totp_secret     varbinary(1024) NOT NULL,
    totp_generation integer NOT NULL,
    tries_left      integer NOT NULL,
    made_by         varchar(200) NOT NULL,
    made_at         bigint NOT NULL,
    expires_at      bigint NOT NULL,
    used_at         bigint,
    revoked_at      bigint
);

CREATE TABLE access_session (
    tenant_id     varchar(200) NOT NULL CHECK (tenant_id = '${tenant}'),
    id            varchar(200) PRIMARY KEY,
    user_id       varchar(200) NOT NULL,
    address       varchar(200) NOT NULL,
    access_hash   varbinary(1024) NOT NULL,
    refresh_hash  varbinary(1024) NOT NULL,
    made_at       bigint NOT NULL,
    refreshed_at  bigint NOT NULL,
    ends_at       bigint NOT NULL,
    recovered     boolean NOT NULL,
    stepped_up_at bigint NOT NULL,
    challenge     varchar(200),
    challenged_at bigint,
    ended_at      bigint,
    ended_because varchar(200)
);
CREATE INDEX access_session_user ON access_session (user_id);

-- Refresh tokens that were used: whoever shows one again has a copy.
CREATE TABLE access_refresh_used (
    tenant_id  varchar(200) NOT NULL CHECK (tenant_id = '${tenant}'),
    hash       varbinary(1024) PRIMARY KEY,
    session_id varchar(200) NOT NULL
);

CREATE TABLE access_officer_key (
    tenant_id   varchar(200) NOT NULL CHECK (tenant_id = '${tenant}'),
    id          varchar(200) PRIMARY KEY,
    user_id     varchar(200) NOT NULL,
    shown_id    varchar(200) NOT NULL,
    public_key  varbinary(1024) NOT NULL,
    enrolled_at bigint NOT NULL,
    revoked_at  bigint,
    revoked_by  varchar(200)
);
