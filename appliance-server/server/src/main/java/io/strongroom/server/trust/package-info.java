/** Publishes the keys that the log and its packs are signed with, and changes them. */
@NullMarked
package io.strongroom.server.trust;

import org.jspecify.annotations.NullMarked;
