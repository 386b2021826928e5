/** An officer's hour in the real window, played by the program itself: to measure it, and for it to learn from. */
@NullMarked
package io.strongroom.console.rehearsal;

import org.jspecify.annotations.NullMarked;
