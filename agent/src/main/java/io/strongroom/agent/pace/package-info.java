/** How fast the agent may go. */
@NullMarked
package io.strongroom.agent.pace;

import org.jspecify.annotations.NullMarked;
