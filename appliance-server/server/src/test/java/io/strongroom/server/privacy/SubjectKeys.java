package io.strongroom.server.privacy;

import io.strongroom.server.database.Database;
import io.strongroom.server.database.TestDatabases;
import io.strongroom.server.keys.InstallationSecrets;
import io.strongroom.server.keys.WrappingKeys;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;

/** Keys of data subjects, for tests of those who store them. */
public final class SubjectKeys {
    private final DataKeys keys;
    private final KeyNames names;

    public SubjectKeys(Database database, WrappingKeys wrapping, InstallationSecrets secrets) {
        this.keys = new DataKeys(database, wrapping, new SecureRandom(), InstantSource.system());
        this.names = new KeyNames(secrets.idempotencyKey(), TestDatabases.TENANT);
    }

    /** What stands beside a record of a subject, as if something of it were hidden. */
    public Sealed sealed(String subject) {
        DataKeys.Given given = keys.ofName(names.subject(subject));
        return new Sealed(
                List.of(new SealedDisclosures("RESTRICTED", given.key().id(), new byte[40])), given.unstored());
    }
}
