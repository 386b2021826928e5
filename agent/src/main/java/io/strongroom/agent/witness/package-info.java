/** Watches the appliance's log and cosigns its checkpoints, as long as each continues all that were seen before. */
@NullMarked
package io.strongroom.agent.witness;

import org.jspecify.annotations.NullMarked;
