/** What every screen of the console is given, and what it gives to the window around it. */
@NullMarked
package io.strongroom.console.desk;

import org.jspecify.annotations.NullMarked;
