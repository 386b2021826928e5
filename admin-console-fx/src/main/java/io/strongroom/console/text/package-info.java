/** What everything says, in the languages that there are. */
@NullMarked
package io.strongroom.console.text;

import org.jspecify.annotations.NullMarked;
