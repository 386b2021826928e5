/** Runs the tests that a bundle brings. */
@NullMarked
package io.strongroom.policies.check;

import org.jspecify.annotations.NullMarked;
