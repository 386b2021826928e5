/** What needs the officer now, and how the appliance is. */
@NullMarked
package io.strongroom.console.today;

import org.jspecify.annotations.NullMarked;
