-- H2 has one user and no roles: nothing to grant. The number is kept beside PostgreSQL's.
SELECT 1;
