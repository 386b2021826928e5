/** Signed statements: the DSSE envelope and the in-toto statement in it, for packs and approvals. */
@NullMarked
package io.strongroom.evidence.dsse;

import org.jspecify.annotations.NullMarked;
