-- What the ledger is still to be told of a session that has ended; null where there is nothing.
ALTER TABLE access_session ADD COLUMN untold varchar(200);
