/** Health of devices over time: what their samples come to by the minute, the hour and the day. */
@NullMarked
package io.strongroom.server.telemetry.health;

import org.jspecify.annotations.NullMarked;
