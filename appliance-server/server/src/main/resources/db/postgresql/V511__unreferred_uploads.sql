-- Whether a record refers to the value, or was about to. What came before this was known stays.
ALTER TABLE uploaded_object ADD COLUMN referred boolean NOT NULL DEFAULT TRUE;
