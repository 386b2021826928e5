package io.strongroom.evidence.pack.verify;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** The files of a pack, wherever they are. */
interface Bag extends Closeable {
    /** The lengths that they say they have, in bytes, by path below the top folder. */
    SortedMap<String, Long> files();

    /**
     * The name of the one top folder, where the pack itself gives it; null where it is a place on disk, which whoever
     * unpacked the pack called as they liked (RFC 8493, section 2).
     */
    default @Nullable String folder() {
        return null;
    }

    /** Opens a file. The stream fails with {@link RefusedException} where the file is damaged. Any thread may. */
    InputStream open(String path) throws IOException;
}
