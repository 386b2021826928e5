package io.strongroom.server.objects;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.strongroom.server.settings.DataDirectory;
import io.strongroom.server.settings.Setting;
import io.strongroom.server.settings.Settings;
import io.strongroom.server.settings.StartRefusedException;
import io.strongroom.server.settings.StartRefusedException.Reason;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Period;
import java.util.Optional;

/** Opens the object store that the settings name. */
@Factory
final class ObjectBeans {
    private static final String FOLDER = "folder";
    private static final int MAX_LOCK_DAYS = 36_500;

    /**
     * @throws StartRefusedException if it cannot be used as it is
     */
    @Singleton
    @Bean(typed = ObjectStore.class)
    ObjectStore objects(Settings settings, DataDirectory data, Clock clock, SecureRandom random) {
        String location = settings.text(Setting.OBJECTS_LOCATION);
        try {
            return location.equals(FOLDER)
                    ? new FolderObjectStore(data.folder("objects"))
                    : s3(location, settings, clock, random);
        } catch (IllegalArgumentException e) {
            throw new StartRefusedException(
                    Reason.USAGE,
                    "The setting " + Setting.OBJECTS_LOCATION.key() + " is neither \"folder\" nor an S3 location: "
                            + e.getMessage() + ".",
                    e);
        } catch (IOException e) {
            throw new StartRefusedException(
                    Reason.OBJECTS, "The object store cannot be used: " + e.getMessage() + ".", e);
        }
    }

    private static S3ObjectStore s3(String location, Settings settings, Clock clock, SecureRandom random)
            throws IOException {
        Optional<Period> lock = settings.flag(Setting.OBJECTS_LOCK)
                ? Optional.of(Period.ofDays(settings.number(Setting.OBJECTS_LOCK_DAYS, 1, MAX_LOCK_DAYS)))
                : Optional.empty();
        S3ObjectStore store = new S3ObjectStore(
                S3Settings.of(
                        location,
                        settings.text(Setting.OBJECTS_REGION),
                        settings.text(Setting.OBJECTS_ACCESS_KEY),
                        settings.text(Setting.OBJECTS_SECRET_KEY),
                        lock),
                clock,
                random);
        try {
            store.check();
            return store;
        } catch (IOException e) {
            store.close();
            throw e;
        }
    }
}
