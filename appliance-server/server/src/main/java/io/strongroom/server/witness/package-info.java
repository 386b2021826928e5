/** The log as devices witness it: what they are shown, and what they sign (formats §5). */
@NullMarked
package io.strongroom.server.witness;

import org.jspecify.annotations.NullMarked;
