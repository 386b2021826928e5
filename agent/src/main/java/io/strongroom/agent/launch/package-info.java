/** The process that holds the agent to its limits, and starts it again: small, and with nothing in it that could fail. */
@NullMarked
package io.strongroom.agent.launch;

import org.jspecify.annotations.NullMarked;
