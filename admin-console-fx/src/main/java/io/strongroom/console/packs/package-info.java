/** Evidence packs: what was made and who had it, and making one. */
@NullMarked
package io.strongroom.console.packs;

import org.jspecify.annotations.NullMarked;
