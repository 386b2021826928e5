package io.strongroom.server.query;

import io.strongroom.server.projection.Position;

/**
 * Where a page ended: what its text carries. What it is bound to beside that (reader, filters, policy) does not stand in it.
 *
 * @param position of the last record shown
 * @param upperSeq one past the last entry that the first page could see; later pages see no more
 * @param expiresAt epoch milliseconds
 */
record Cursor(Position position, long upperSeq, long expiresAt) {}
