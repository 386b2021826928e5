/** What intake makes of a document: policy applied, identified, salted, canonical, ready for the ledger. */
@NullMarked
package io.strongroom.server.record;

import org.jspecify.annotations.NullMarked;
