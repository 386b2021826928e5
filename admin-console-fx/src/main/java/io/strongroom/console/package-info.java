/** Where officers work: the desktop console, and the viewer of packs that needs no appliance. */
@NullMarked
package io.strongroom.console;

import org.jspecify.annotations.NullMarked;
