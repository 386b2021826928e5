-- As PostgreSQL's, without roles and row-level security.
CREATE TABLE device_command (
    tenant_id    varchar(200)  NOT NULL CHECK (tenant_id = '${tenant}'),
    id           varchar(64)   PRIMARY KEY,
    device_id    varchar(64)   NOT NULL,
    command      varchar(1000) NOT NULL,
    made_by      varchar(200)  NOT NULL,
    made_at      bigint        NOT NULL,
    expires_at   bigint        NOT NULL,
    delivered_at bigint,
    settled_at   bigint,
    outcome      varchar(4000)
);
CREATE INDEX device_command_device ON device_command (device_id, made_at);
CREATE INDEX device_command_expires ON device_command (expires_at);
