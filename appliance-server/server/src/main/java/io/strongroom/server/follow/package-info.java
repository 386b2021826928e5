/** Read models that follow the ledger, each with a cursor of its own: one thread, again and again, and made anew on demand. */
@NullMarked
package io.strongroom.server.follow;

import org.jspecify.annotations.NullMarked;
