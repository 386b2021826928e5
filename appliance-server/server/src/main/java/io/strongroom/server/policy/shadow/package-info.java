/** Has what was taken in and read decided again, under the bundle in force and under another, and tells what differs. */
@NullMarked
package io.strongroom.server.policy.shadow;

import org.jspecify.annotations.NullMarked;
