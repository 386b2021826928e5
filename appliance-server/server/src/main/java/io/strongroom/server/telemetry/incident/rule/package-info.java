/**
 * The rules by which incidents are found. Each goes over one device's observations in the ledger's order, one at a time, and
 * remembers a few numbers: so what it finds depends on the records and the thresholds alone, never on batches or the clock
 * (decision 24).
 */
@NullMarked
package io.strongroom.server.telemetry.incident.rule;

import org.jspecify.annotations.NullMarked;
