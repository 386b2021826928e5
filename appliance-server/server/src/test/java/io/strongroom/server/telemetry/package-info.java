@NullMarked
package io.strongroom.server.telemetry;

import org.jspecify.annotations.NullMarked;
