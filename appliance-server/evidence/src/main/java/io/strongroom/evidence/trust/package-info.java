/** Whom a verifier trusts: logs, packs, witnesses, time-stamps. Never read from a pack. */
@NullMarked
package io.strongroom.evidence.trust;

import org.jspecify.annotations.NullMarked;
