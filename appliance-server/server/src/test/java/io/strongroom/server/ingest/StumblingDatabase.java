package io.strongroom.server.ingest;

import io.strongroom.server.database.Database;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A database whose next writes fail when it is told to: after them the process is as good as killed. */
final class StumblingDatabase implements Database {
    /** In place of a kill. */
    static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private final Database database;
    private int writesLeft = Integer.MAX_VALUE;

    StumblingDatabase(Database database) {
        this.database = database;
    }

    /** Lets so many writes through, then none. */
    void killAfter(int writes) {
        writesLeft = writes;
    }

    void heal() {
        writesLeft = Integer.MAX_VALUE;
    }

    @Override
    public Engine engine() {
        return database.engine();
    }

    @Override
    public <T extends @Nullable Object> T read(Work<T> work) {
        return database.read(work);
    }

    @Override
    public <T extends @Nullable Object> T write(Work<T> work) {
        if (writesLeft == 0) {
            throw new Killed();
        }
        writesLeft--;
        return database.write(work);
    }

    @Override
    public <T extends @Nullable Object> T owner(Work<T> work) {
        return database.owner(work);
    }

    @Override
    public Connection connectOwner() throws SQLException {
        return database.connectOwner();
    }

    @Override
    public void close() {
        database.close();
    }
}
