/** The screen of incidents: what is wrong with devices, who looks after it, and what came of it. */
@NullMarked
package io.strongroom.console.incidents;

import org.jspecify.annotations.NullMarked;
