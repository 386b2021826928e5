-- What officers asked devices to do, and what came of it. Times are epoch milliseconds.
CREATE TABLE device_command (
    tenant_id    text   NOT NULL CHECK (tenant_id = '${tenant}'),
    id           text   PRIMARY KEY,
    device_id    text   NOT NULL,
    command      text   NOT NULL,
    made_by      text   NOT NULL,
    made_at      bigint NOT NULL,
    expires_at   bigint NOT NULL,
    delivered_at bigint,
    settled_at   bigint,
    outcome      text
);
CREATE INDEX device_command_device ON device_command (device_id, made_at);
CREATE INDEX device_command_expires ON device_command (expires_at);
COMMENT ON COLUMN device_command.command IS 'the order, as JSON';
COMMENT ON COLUMN device_command.outcome IS 'as the device told it, as JSON; null until then';

ALTER TABLE device_command ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON device_command
    USING (tenant_id = current_setting('app.tenant_id', true))
    WITH CHECK (tenant_id = current_setting('app.tenant_id', true));
GRANT SELECT, INSERT, UPDATE, DELETE ON device_command TO strongroom_app;
