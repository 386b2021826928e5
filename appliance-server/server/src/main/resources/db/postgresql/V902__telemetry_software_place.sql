-- Where a device lists its software: who may see that field may see the list. What was read before is read again.
DELETE FROM telemetry_software_list;
ALTER TABLE telemetry_software_list ADD COLUMN stream text NOT NULL;
ALTER TABLE telemetry_software_list ADD COLUMN pointer text NOT NULL;
