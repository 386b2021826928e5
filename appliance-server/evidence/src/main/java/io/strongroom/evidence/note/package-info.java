/** Signed notes, checkpoints, cosignatures and proof files as C2SP has them: what ties a tree to its signers. */
@NullMarked
package io.strongroom.evidence.note;

import org.jspecify.annotations.NullMarked;
