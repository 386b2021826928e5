/** What is known of each device, and of the software on it. */
@NullMarked
package io.strongroom.server.telemetry.inventory;

import org.jspecify.annotations.NullMarked;
