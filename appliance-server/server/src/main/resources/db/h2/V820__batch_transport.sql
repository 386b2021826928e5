-- As PostgreSQL's.
ALTER TABLE device_batch ADD COLUMN transport varchar(8) DEFAULT '' NOT NULL CHECK (transport IN ('', 'https', 'mqtt', 'import'));
