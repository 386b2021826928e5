-- How a batch came first; empty for those that came before this was kept.
ALTER TABLE device_batch ADD COLUMN transport text NOT NULL DEFAULT '' CHECK (transport IN ('', 'https', 'mqtt', 'import'));
