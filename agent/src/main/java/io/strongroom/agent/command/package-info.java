/** Commands of the appliance: taken in by whichever way, carried out once, answered. */
@NullMarked
package io.strongroom.agent.command;

import org.jspecify.annotations.NullMarked;
