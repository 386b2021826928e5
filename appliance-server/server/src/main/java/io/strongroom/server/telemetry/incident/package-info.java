/** Incidents of devices: what is found by rules in what devices tell, recorded in the ledger, and decided by officers. */
@NullMarked
package io.strongroom.server.telemetry.incident;

import org.jspecify.annotations.NullMarked;
