package io.strongroom.server.uploads;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.strongroom.server.database.Database;
import io.strongroom.server.keys.Installation;
import io.strongroom.server.keys.WrappingKeys;
import io.strongroom.server.objects.ObjectStore;
import io.strongroom.server.settings.DataDirectory;
import io.strongroom.server.settings.Setting;
import io.strongroom.server.settings.Settings;
import io.strongroom.server.spool.Spool;
import io.strongroom.server.spool.SpoolKeys;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;

/** Puts the slice together: it takes away what an earlier process left half done before the first request comes. */
@Factory
final class UploadBeans {
    private static final int MOST_HOURS = 24 * 365;

    @Context
    @Bean(typed = {Uploads.class, UploadedObjects.class})
    Uploads uploads(
            Database database,
            Installation installation,
            DataDirectory data,
            WrappingKeys wrapping,
            ObjectStore objects,
            Clock clock,
            SecureRandom random)
            throws IOException {
        Uploads uploads = new Uploads(
                new UploadTable(database, installation.tenant()),
                new Spool(data.folder("uploads"), Spool.FLOOR_BYTES),
                new SpoolKeys(wrapping, Uploads.PURPOSE),
                objects,
                clock,
                random);
        uploads.sweep();
        return uploads;
    }

    @Context
    @Bean(preDestroy = "close")
    UnreferredUploads unreferredUploads(Uploads uploads, Settings settings, Clock clock) {
        Duration kept = Duration.ofHours(settings.number(Setting.UPLOADS_UNREFERRED_HOURS, 1, MOST_HOURS));
        UnreferredUploads unreferred = new UnreferredUploads(uploads, kept, clock);
        unreferred.start();
        return unreferred;
    }
}
