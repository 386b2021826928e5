/** How everything looks: themes, fonts, icons of verdicts. */
@NullMarked
package io.strongroom.console.look;

import org.jspecify.annotations.NullMarked;
