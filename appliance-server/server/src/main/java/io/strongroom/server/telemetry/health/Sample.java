package io.strongroom.server.telemetry.health;

/**
 * What a device measured once.
 *
 * @param seq the record in the ledger that says so
 * @param at when it was measured, by the device's clock; epoch milliseconds
 */
public record Sample(Series series, long seq, long at, double value) {}
