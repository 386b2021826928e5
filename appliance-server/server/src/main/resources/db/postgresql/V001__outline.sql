-- What the app role may do follows from each table's own grants; by default it may do nothing.
REVOKE ALL ON SCHEMA strongroom FROM PUBLIC;
GRANT USAGE ON SCHEMA strongroom TO strongroom_app;
