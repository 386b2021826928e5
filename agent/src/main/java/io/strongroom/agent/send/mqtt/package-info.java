/** The second way to the appliance. */
@NullMarked
package io.strongroom.agent.send.mqtt;

import org.jspecify.annotations.NullMarked;
