package io.strongroom.evidence.pack.verify;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.SortedMap;

/** The files of a pack, wherever they are. */
interface Bag extends Closeable {
    /** The lengths that they say they have, in bytes, by path below the top folder. */
    SortedMap<String, Long> files();

    /** Opens a file. The stream fails with {@link RefusedException} where the file is damaged. Any thread may. */
    InputStream open(String path) throws IOException;
}
