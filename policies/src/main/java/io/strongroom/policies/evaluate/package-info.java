/** A bundle compiled: what it decides about records, readers and exports. */
@NullMarked
package io.strongroom.policies.evaluate;

import org.jspecify.annotations.NullMarked;
