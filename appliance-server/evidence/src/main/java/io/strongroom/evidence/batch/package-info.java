/** Device batches (formats §6): what their head says, and the numbers that writer and verifier share. */
@NullMarked
package io.strongroom.evidence.batch;

import org.jspecify.annotations.NullMarked;
