/** The chain: the ledger's days, its newest checkpoint, and verifying all of it on this machine. */
@NullMarked
package io.strongroom.console.chain;

import org.jspecify.annotations.NullMarked;
