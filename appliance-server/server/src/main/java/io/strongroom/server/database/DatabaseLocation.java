package io.strongroom.server.database;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where the database is, and who we are to it. */
public sealed interface DatabaseLocation {

    /** A file of H2's, in one process: for trying out, not for production. The suffix {@code .mv.db} is added. */
    record H2File(Path file) implements DatabaseLocation {}

    /**
     * A PostgreSQL server.
     *
     * @param url JDBC URL without user and password
     * @param owner the role that owns the tables
     * @param appPassword the password of {@link PostgresRoles#APP}; null if the server asks for none
     */
    record Postgres(String url, Credentials owner, @Nullable String appPassword) implements DatabaseLocation {}

    /** A role and its password; null if the server asks for none. */
    record Credentials(String user, @Nullable String password) {
        /** Leaves the password out. */
        @Override
        public String toString() {
            return user;
        }
    }
}
