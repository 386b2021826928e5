/**
 * Read models made from the ledger: the timeline with its inverted index, facet counts, and the way from a record's id to
 * its place. All of it can be thrown away and made again.
 */
@NullMarked
package io.strongroom.server.projection;

import org.jspecify.annotations.NullMarked;
