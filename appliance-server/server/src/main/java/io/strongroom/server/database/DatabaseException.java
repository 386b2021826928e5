package io.strongroom.server.database;

import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;

/** A transaction failed and was rolled back, or its connection is gone. */
public final class DatabaseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String sqlState;
    private final boolean unavailable;

    public DatabaseException(SQLException cause) {
        super(cause.getMessage(), cause);
        this.sqlState = cause.getSQLState() == null ? "" : cause.getSQLState();
        this.unavailable = cause instanceof SQLTransientException
                || cause instanceof SQLRecoverableException
                || sqlState.startsWith("08")
                || sqlState.startsWith("57P");
    }

    /** The SQLSTATE, empty where the driver gave none. */
    public String sqlState() {
        return sqlState;
    }

    /** Whether the database could not be reached, rather than having refused the statement. */
    public boolean unavailable() {
        return unavailable;
    }
}
