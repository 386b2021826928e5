-- A document in quarantine is kept encrypted, under a key of its own, which is wrapped under a generation of the
-- key-encryption keys. A row without a key is of an earlier version: the first start encrypts it, which SQL cannot.
ALTER TABLE quarantine ADD COLUMN generation integer CHECK (generation > 0);
ALTER TABLE quarantine ADD COLUMN wrapped bytea;
ALTER TABLE quarantine ADD CHECK ((generation IS NULL) = (wrapped IS NULL));
