/**
 * The words that every format shares: digests, record ids, times, names.
 *
 * <p>Nothing here, or in the packages beside it, knows anything but the JDK.
 */
@NullMarked
package io.strongroom.evidence;

import org.jspecify.annotations.NullMarked;
