/** Pages to print and to file, as PDF. */
@NullMarked
package io.strongroom.console.print;

import org.jspecify.annotations.NullMarked;
