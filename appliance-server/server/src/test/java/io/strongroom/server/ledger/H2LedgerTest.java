package io.strongroom.server.ledger;

import io.strongroom.server.database.JdbcDatabase;
import io.strongroom.server.database.TestDatabases;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class H2LedgerTest extends LedgerContract {
    @TempDir
    private Path folder;

    @Override
    JdbcDatabase open() {
        return TestDatabases.h2(folder);
    }
}
