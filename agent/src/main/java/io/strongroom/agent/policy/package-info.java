/** What policy wants this agent to collect, taken from what officers signed whom the device believes. */
@NullMarked
package io.strongroom.agent.policy;

import org.jspecify.annotations.NullMarked;
