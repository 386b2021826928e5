/** Writes device batches, for whoever sends them. Shares no code with the verifier. */
@NullMarked
package io.strongroom.evidence.batch.write;

import org.jspecify.annotations.NullMarked;
