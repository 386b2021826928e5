package io.strongroom.server.projection;

/**
 * Where a record stands in a list.
 *
 * @param occurredAt epoch milliseconds; 0 in a list by {@code seq} where the time was not needed
 * @param seq its place in the ledger
 */
public record Position(long occurredAt, long seq) {}
