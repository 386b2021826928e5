/** The tree and its entries as static files (C2SP tlog-tiles). */
@NullMarked
package io.strongroom.evidence.tile;

import org.jspecify.annotations.NullMarked;
