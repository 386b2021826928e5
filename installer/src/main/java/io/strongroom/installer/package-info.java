/** What stands behind {@code installer/strongroom}. */
@NullMarked
package io.strongroom.installer;

import org.jspecify.annotations.NullMarked;
