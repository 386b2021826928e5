/** How well a device serves whoever works on it, as a score whose parts are shown. */
@NullMarked
package io.strongroom.server.telemetry.score;

import org.jspecify.annotations.NullMarked;
