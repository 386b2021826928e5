@NullMarked
package io.strongroom.server.telemetry.inventory;

import org.jspecify.annotations.NullMarked;
