/** Time-stamp tokens (RFC 3161): that an authority saw some bytes at a time. Verified with the JDK alone. */
@NullMarked
package io.strongroom.evidence.timestamp;

import org.jspecify.annotations.NullMarked;
