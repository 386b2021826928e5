package io.strongroom.server.ops;

import io.strongroom.api.ApplianceStorage;
import io.strongroom.api.ApplianceStorage.Counted;
import io.strongroom.api.ApplianceStorage.Disk;
import io.strongroom.evidence.Rfc3339;
import io.strongroom.server.database.Database;
import io.strongroom.server.objects.ObjectStore;
import io.strongroom.server.objects.ObjectStore.Holdings;
import io.strongroom.server.settings.DataDirectory;
import io.strongroom.server.settings.Setting;
import io.strongroom.server.settings.Settings;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the appliance keeps, as it was found half a minute ago at most. The objects are many: they are counted aside, when
 * somebody asks and that was not done lately, and told once that is done.
 */
@Singleton
final class StorageFigures {
    private static final Logger LOG = LoggerFactory.getLogger(StorageFigures.class);
    private static final Duration HOLDS = Duration.ofSeconds(30);
    private static final Duration COUNT_HOLDS = Duration.ofMinutes(10);

    private final Database database;
    private final ObjectStore objects;
    private final Settings settings;
    private final DataDirectory data;
    private final Clock clock;

    // Guarded by this.
    private @Nullable ApplianceStorage newest;
    private long foundAt;
    private @Nullable Counted counted;
    private long countedAt = Long.MIN_VALUE;
    private boolean counting;

    StorageFigures(Database database, ObjectStore objects, Settings settings, DataDirectory data, Clock clock) {
        this.database = database;
        this.objects = objects;
        this.settings = settings;
        this.data = data;
        this.clock = clock;
    }

    synchronized ApplianceStorage newest() {
        long now = clock.millis();
        if (!counting && (counted == null || now - countedAt >= COUNT_HOLDS.toMillis())) {
            counting = true;
            Thread.ofVirtual().name("count-objects").start(this::count);
        }
        ApplianceStorage known = newest;
        if (known == null || now - foundAt >= HOLDS.toMillis()) {
            known = find(now);
            newest = known;
            foundAt = now;
        }
        return known;
    }

    private ApplianceStorage find(long now) {
        try {
            boolean here = settings.text(Setting.OBJECTS_LOCATION).equals("folder");
            FileStore disk = Files.getFileStore(data.root());
            return new ApplianceStorage(
                    Rfc3339.format(now),
                    DatabaseSizes.of(database, another(disk, databaseFolder())),
                    new ApplianceStorage.Objects(
                            here ? "folder" : "s3",
                            Optional.ofNullable(counted),
                            another(disk, here ? Optional.of("objects") : Optional.empty())),
                    room(disk));
        } catch (IOException e) {
            throw new UncheckedIOException("the room on disk cannot be told", e);
        }
    }

    /** Where the database is in the data directory; empty if it is a server's elsewhere. */
    private Optional<String> databaseFolder() {
        if (settings.flag(Setting.DATABASE_BUNDLED)) {
            return Optional.of("postgres/data");
        }
        return settings.isSet(Setting.DATABASE_URL) ? Optional.empty() : Optional.of("database");
    }

    /** The room on the disk of that folder, where it is mounted from another one than this. */
    private Optional<Disk> another(FileStore disk, Optional<String> folder) throws IOException {
        if (folder.isEmpty()) {
            return Optional.empty();
        }
        FileStore its = Files.getFileStore(data.root().resolve(folder.get()));
        return its.equals(disk) ? Optional.empty() : Optional.of(room(its));
    }

    private static Disk room(FileStore disk) throws IOException {
        return new Disk(disk.getUsableSpace(), disk.getTotalSpace());
    }

    private void count() {
        Optional<Holdings> found = Optional.empty();
        try {
            found = objects.count();
        } catch (IOException e) {
            LOG.warn("the objects cannot be counted", e);
        }
        put(found.orElse(null));
    }

    private synchronized void put(@Nullable Holdings found) {
        counting = false;
        countedAt = clock.millis();
        if (found != null) {
            counted = new Counted(found.objects(), found.bytes(), Rfc3339.format(countedAt));
            newest = null;
        }
    }
}
