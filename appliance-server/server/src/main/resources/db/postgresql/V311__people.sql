-- People: local accounts, how they are invited, their sessions and their keys. Times are epoch milliseconds.
CREATE TABLE access_user (
    tenant_id          text NOT NULL CHECK (tenant_id = '${tenant}'),
    id                 text PRIMARY KEY,
    shown_id           text NOT NULL,
    name               text NOT NULL,
    roles              text NOT NULL,
    attributes         text NOT NULL,
    password           text NOT NULL,
    totp_secret        bytea NOT NULL,
    totp_generation    integer NOT NULL,
    totp_step          bigint NOT NULL,
    pending_secret     bytea,
    pending_generation integer,
    made_by            text NOT NULL,
    made_at            bigint NOT NULL,
    disabled_at        bigint,
    disabled_by        text
);

CREATE TABLE access_recovery_code (
    tenant_id text NOT NULL CHECK (tenant_id = '${tenant}'),
    user_id   text NOT NULL,
    hash      bytea NOT NULL,
    used_at   bigint,
    PRIMARY KEY (user_id, hash)
);

CREATE TABLE access_invitation (
    tenant_id       text NOT NULL CHECK (tenant_id = '${tenant}'),
    id              text PRIMARY KEY,
    user_id         text NOT NULL,
    shown_id        text NOT NULL,
    name            text NOT NULL,
    roles           text NOT NULL,
    attributes      text NOT NULL,
    hash            bytea NOT NULL,
    totp_secret     bytea NOT NULL,
    totp_generation integer NOT NULL,
    tries_left      integer NOT NULL,
    made_by         text NOT NULL,
    made_at         bigint NOT NULL,
    expires_at      bigint NOT NULL,
    used_at         bigint,
    revoked_at      bigint
);

CREATE TABLE access_session (
    tenant_id     text NOT NULL CHECK (tenant_id = '${tenant}'),
    id            text PRIMARY KEY,
    user_id       text NOT NULL,
    address       text NOT NULL,
    access_hash   bytea NOT NULL,
    refresh_hash  bytea NOT NULL,
    made_at       bigint NOT NULL,
    refreshed_at  bigint NOT NULL,
    ends_at       bigint NOT NULL,
    recovered     boolean NOT NULL,
    stepped_up_at bigint NOT NULL,
    challenge     text,
    challenged_at bigint,
    ended_at      bigint,
    ended_because text
);
CREATE INDEX access_session_user ON access_session (user_id);

-- Refresh tokens that were used: whoever shows one again has a copy.
CREATE TABLE access_refresh_used (
    tenant_id  text NOT NULL CHECK (tenant_id = '${tenant}'),
    hash       bytea PRIMARY KEY,
    session_id text NOT NULL
);

CREATE TABLE access_officer_key (
    tenant_id   text NOT NULL CHECK (tenant_id = '${tenant}'),
    id          text PRIMARY KEY,
    user_id     text NOT NULL,
    shown_id    text NOT NULL,
    public_key  bytea NOT NULL,
    enrolled_at bigint NOT NULL,
    revoked_at  bigint,
    revoked_by  text
);

ALTER TABLE access_user ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON access_user
    USING (tenant_id = current_setting('app.tenant_id', true))
    WITH CHECK (tenant_id = current_setting('app.tenant_id', true));
GRANT SELECT, INSERT, UPDATE ON access_user TO strongroom_app;

ALTER TABLE access_recovery_code ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON access_recovery_code
    USING (tenant_id = current_setting('app.tenant_id', true))
    WITH CHECK (tenant_id = current_setting('app.tenant_id', true));
GRANT SELECT, INSERT, UPDATE, DELETE ON access_recovery_code TO strongroom_app;

ALTER TABLE access_invitation ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON access_invitation
    USING (tenant_id = current_setting('app.tenant_id', true))
    WITH CHECK (tenant_id = current_setting('app.tenant_id', true));
GRANT SELECT, INSERT, UPDATE, DELETE ON access_invitation TO strongroom_app;

ALTER TABLE access_session ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON access_session
    USING (tenant_id = current_setting('app.tenant_id', true))
    WITH CHECK (tenant_id = current_setting('app.tenant_id', true));
GRANT SELECT, INSERT, UPDATE, DELETE ON access_session TO strongroom_app;

ALTER TABLE access_refresh_used ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON access_refresh_used
    USING (tenant_id = current_setting('app.tenant_id', true))
    WITH CHECK (tenant_id = current_setting('app.tenant_id', true));
GRANT SELECT, INSERT, UPDATE, DELETE ON access_refresh_used TO strongroom_app;

ALTER TABLE access_officer_key ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON access_officer_key
    USING (tenant_id = current_setting('app.tenant_id', true))
    WITH CHECK (tenant_id = current_setting('app.tenant_id', true));
GRANT SELECT, INSERT, UPDATE ON access_officer_key TO strongroom_app;
