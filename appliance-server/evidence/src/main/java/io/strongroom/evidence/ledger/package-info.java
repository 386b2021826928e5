/** Entries of the ledger: one line for each record, chained by the leaf hash of the one before. */
@NullMarked
package io.strongroom.evidence.ledger;

import org.jspecify.annotations.NullMarked;
