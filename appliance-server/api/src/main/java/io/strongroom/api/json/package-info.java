/** A JSON value as immutable data, for answers that are small enough to hold. */
@NullMarked
package io.strongroom.api.json;

import org.jspecify.annotations.NullMarked;
