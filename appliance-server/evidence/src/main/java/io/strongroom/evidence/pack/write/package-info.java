/** Writes evidence packs. The verifier uses nothing of this. */
@NullMarked
package io.strongroom.evidence.pack.write;

import org.jspecify.annotations.NullMarked;
