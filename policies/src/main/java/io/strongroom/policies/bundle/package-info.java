/** What a bundle says, read from its files and checked. */
@NullMarked
package io.strongroom.policies.bundle;

import org.jspecify.annotations.NullMarked;
