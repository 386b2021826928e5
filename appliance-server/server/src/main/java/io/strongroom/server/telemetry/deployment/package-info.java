/** Deployment jobs on devices, and what became of them. */
@NullMarked
package io.strongroom.server.telemetry.deployment;

import org.jspecify.annotations.NullMarked;
