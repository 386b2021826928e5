package io.strongroom.server.ledger;

import io.strongroom.server.database.JdbcDatabase;
import io.strongroom.server.database.TestDatabases;

final class PostgresLedgerTest extends LedgerContract {
    @Override
    JdbcDatabase open() {
        return TestDatabases.postgres();
    }
}
