package io.strongroom.server.privacy;

import io.strongroom.server.database.Database;
import io.strongroom.server.database.TestDatabases;
import java.nio.file.Path;

class H2DisclosureVaultTest extends DisclosureVaultContract {
    @Override
    Database database(Path folder) {
        return TestDatabases.h2(folder);
    }
}
