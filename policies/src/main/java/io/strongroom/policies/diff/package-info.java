/** What one bundle decides otherwise than another. */
@NullMarked
package io.strongroom.policies.diff;

import org.jspecify.annotations.NullMarked;
