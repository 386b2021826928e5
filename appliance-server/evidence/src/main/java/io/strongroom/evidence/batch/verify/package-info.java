/** Reads and verifies device batches. Shares no code with their writer. */
@NullMarked
package io.strongroom.evidence.batch.verify;

import org.jspecify.annotations.NullMarked;
