/** The window around the screens: navigation, the bars, the palette of commands. */
@NullMarked
package io.strongroom.console.shell;

import org.jspecify.annotations.NullMarked;
