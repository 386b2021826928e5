/** Looks at a pack and verifies it, with no network. */
@NullMarked
package io.strongroom.console.pack;

import org.jspecify.annotations.NullMarked;
