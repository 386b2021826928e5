package io.strongroom.server.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * The appliance's database, by role (design §2).
 *
 * <p>The owner role writes the ledger and the read models; the app role does everything else, sees only the tenant that
 * each transaction names, and nothing where none is named.
 */
public interface Database extends AutoCloseable {

    /** Which SQL is understood. */
    enum Engine {
        POSTGRESQL,
        H2
    }

    /** Work in one transaction. */
    @FunctionalInterface
    interface Work<T extends @Nullable Object> {
        T run(Connection connection) throws SQLException;
    }

    Engine engine();

    /** Runs a read-only transaction as the app role, with the tenant set. */
    <T extends @Nullable Object> T read(Work<T> work);

    /** Runs a transaction as the app role, with the tenant set; rolled back if {@code work} throws. */
    <T extends @Nullable Object> T write(Work<T> work);

    /** As {@link #write}, and on disk when it returns: H2 acknowledges a commit before it is. */
    default <T extends @Nullable Object> T durable(Work<T> work) {
        T result = write(work);
        if (engine() == Engine.H2) {
            owner(connection -> {
                try (Statement statement = connection.createStatement()) {
                    return statement.execute("CHECKPOINT SYNC");
                }
            });
        }
        return result;
    }

    /** Runs a transaction as the owner: projector, migrations, housekeeping of the ledger. */
    <T extends @Nullable Object> T owner(Work<T> work);

    /** A connection of the owner's that no pool knows, for the sequencer and its lock. The caller closes it. */
    Connection connectOwner() throws SQLException;

    @Override
    void close();
}
