/** The screen of the system: how the appliance is, what it did not append, its keys, and this program's own log. */
@NullMarked
package io.strongroom.console.system;

import org.jspecify.annotations.NullMarked;
