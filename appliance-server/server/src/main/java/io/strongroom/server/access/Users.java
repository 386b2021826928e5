package io.strongroom.server.access;

import io.strongroom.evidence.approval.PersonId;
import io.strongroom.server.database.Database;
import io.strongroom.server.database.Sql;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** The people who have an account here. */
@Singleton
public final class Users {
    private static final String SELECT = "SELECT " + UserRows.COLUMNS + " FROM access_user";

    private final Database database;

    public Users(Database database) {
        this.database = database;
    }

    /** The account of an officer, also if it is disabled; upper and lower case are one. */
    public Optional<User> find(PersonId officer) {
        return database.read(
                connection -> Sql.first(connection, SELECT + " WHERE id = ?", UserRows::user, UserRows.key(officer)));
    }

    /** All accounts, by their ids. */
    public List<User> all() {
        return database.read(connection -> Sql.all(connection, SELECT + " ORDER BY id", UserRows::user));
    }
}
