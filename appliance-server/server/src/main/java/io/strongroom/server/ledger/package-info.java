/** The ledger: one sequencer, its store, checkpoints, seals, tiles and proofs. */
@NullMarked
package io.strongroom.server.ledger;

import org.jspecify.annotations.NullMarked;
