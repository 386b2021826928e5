/**
 * Values that are too large for a record: taken in one by one, kept encrypted in the object store, and referred to by
 * their digest (formats §3).
 */
@NullMarked
package io.strongroom.server.uploads;

import org.jspecify.annotations.NullMarked;
