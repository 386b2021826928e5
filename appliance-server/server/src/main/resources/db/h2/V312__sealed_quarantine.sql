-- As PostgreSQL's.
ALTER TABLE quarantine ADD COLUMN generation integer CHECK (generation > 0);
ALTER TABLE quarantine ADD COLUMN wrapped binary varying(1024);
ALTER TABLE quarantine ADD CHECK ((generation IS NULL) = (wrapped IS NULL));
