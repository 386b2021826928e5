/** A real appliance for tests, as an operator runs it, and the people who come to it. */
@NullMarked
package io.strongroom.console.real;

import org.jspecify.annotations.NullMarked;
