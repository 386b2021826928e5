package io.strongroom.evidence.pack.verify;

import org.jspecify.annotations.Nullable;

/**
 * Lines of one file.
 *
 * @param first whether the file begins with them
 * @param bytes hold them from the start; whoever has read them gives the array back
 * @param end after the last of them, which has no newline only where the file ends without one
 * @param broken why the lines of this file end here; null where they do not
 */
record LineBlock(
        String path,
        boolean first,
        byte[] bytes,
        int end,
        @Nullable Failure broken) {}
