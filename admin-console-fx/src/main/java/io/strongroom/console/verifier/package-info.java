/** The viewer of packs as a screen of the console. */
@NullMarked
package io.strongroom.console.verifier;

import org.jspecify.annotations.NullMarked;
