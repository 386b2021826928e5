/** Verifies evidence packs, proof files and folders of tiles, on the platform's base module alone. */
@NullMarked
package io.strongroom.evidence.pack.verify;

import org.jspecify.annotations.NullMarked;
