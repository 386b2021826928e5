/**
 * Evidence packs: asked for, made from the ledger in the background, spooled under a key of their own, fetched, and gone
 * after a day.
 */
@NullMarked
package io.strongroom.server.packs;

import org.jspecify.annotations.NullMarked;
