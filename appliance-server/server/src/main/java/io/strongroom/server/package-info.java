/** The appliance's process: how it starts and how it stops. Each package below does one job. */
@NullMarked
package io.strongroom.server;

import org.jspecify.annotations.NullMarked;
