package io.strongroom.server.devices;

import java.sql.Connection;

/**
 * A transaction that changes devices.
 *
 * @param version its number, which each row that it changes gets
 * @param now epoch milliseconds
 */
record Change(Connection connection, String tenant, long version, long now) {}
