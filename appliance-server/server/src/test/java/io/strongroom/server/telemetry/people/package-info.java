@NullMarked
package io.strongroom.server.telemetry.people;

import org.jspecify.annotations.NullMarked;
